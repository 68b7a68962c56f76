package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	etl "github.com/serverless-csv-etl/serverless-csv-etl-go/serverlesscsvetl"
)

// Every transform, with every option.
func everyTransform(scope constructs.Construct) *[]etl.Transform {
	key := awssecretsmanager.Secret_FromSecretNameV2(scope, jsii.String("HashKey"), jsii.String("shop/hash-key"))
	return &[]etl.Transform{
		etl.Transform_Trim(jsii.String("product"), jsii.String("unit")),
		etl.Transform_Cast(jsii.String("price"), etl.CastType_NUMBER, &etl.CastOptions{
			DecimalChar: jsii.String(","),
			GroupChar:   jsii.String("."),
			BareNumber:  jsii.Bool(false),
		}),
		etl.Transform_Cast(jsii.String("quantity"), etl.CastType_INTEGER, &etl.CastOptions{
			GroupChar: jsii.String("."),
		}),
		etl.Transform_Cast(jsii.String("paid"), etl.CastType_BOOLEAN, &etl.CastOptions{
			TrueValues:  jsii.Strings("ja"),
			FalseValues: jsii.Strings("nein"),
		}),
		etl.Transform_Cast(jsii.String("ordered"), etl.CastType_DATE, &etl.CastOptions{
			InputFormat: jsii.String("%d.%m.%Y"),
		}),
		etl.Transform_Filter(jsii.String("quantity > 0")),
		etl.Transform_FillMissing(jsii.String("unit"), jsii.String("piece")),
		etl.Transform_Replace(jsii.String("product"), jsii.String(" & "), jsii.String(" and ")),
		etl.Transform_ReplacePattern(jsii.String("product"), jsii.String("\\s+"), jsii.String(" ")),
		etl.Transform_ChangeCase(jsii.String("country"), etl.LetterCase_UPPER),
		etl.Transform_Derive(jsii.String("total"), jsii.String("quantity * price"), &etl.DeriveOptions{
			Scale:    jsii.Number(2),
			Rounding: etl.RoundingMode_HALF_UP,
		}),
		etl.Transform_Round(jsii.String("price"), &etl.RoundOptions{
			Scale:    jsii.Number(3),
			Rounding: etl.RoundingMode_HALF_DOWN,
		}),
		etl.Transform_FormatDate(jsii.String("ordered"), jsii.String("%Y-%m-%d"), jsii.String("%d %b %Y")),
		etl.Transform_ConvertTimeZone(jsii.String("called"), &etl.ConvertTimeZoneOptions{
			Source:         jsii.String("Europe/Berlin"),
			Target:         jsii.String("UTC"),
			InputFormat:    jsii.String("%Y-%m-%dT%H:%M:%S"),
			OutputFormat:   jsii.String("%Y-%m-%d %H:%M:%S%z"),
			Disambiguation: etl.Disambiguation_COMPATIBLE,
		}),
		etl.Transform_Split(jsii.String("tags"), &etl.SplitOptions{
			Separator: jsii.String("|"),
			Into:      jsii.Strings("first_tag", "other_tags"),
			Extra:     etl.ExtraParts_DROP,
		}),
		etl.Transform_Concatenate(jsii.String("label"), &etl.ConcatenateOptions{
			Columns:   jsii.Strings("product", "unit"),
			Separator: jsii.String(" / "),
		}),
		etl.Transform_MapValues(jsii.String("unit"), &etl.MapValuesOptions{
			Values: &map[string]*string{
				"piece": jsii.String("pc"),
				"l":     jsii.String("litre"),
				"kg":    jsii.String("kilogram"),
			},
			Otherwise: etl.OtherValue_Value(jsii.String("?")),
		}),
		etl.Transform_Mask(jsii.String("contact"), &etl.MaskOptions{
			KeepFirst: jsii.Number(1),
			KeepLast:  jsii.Number(2),
			Character: jsii.String("#"),
		}),
		etl.Transform_Hash(jsii.String("label"), &etl.HashOptions{Key: key, JsonField: jsii.String("current")}),
		etl.Transform_DeDuplicate(&etl.DeDuplicateOptions{
			Columns: jsii.Strings("id"),
			Keep:    etl.KeptDuplicate_LAST,
		}),
		etl.Transform_Rename(jsii.String("unit"), jsii.String("sold_by")),
		etl.Transform_Drop(jsii.String("tags"), jsii.String("replaces")),
	}
}
