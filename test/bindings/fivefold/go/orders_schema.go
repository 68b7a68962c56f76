package main

import (
	"github.com/aws/jsii-runtime-go"
	etl "github.com/serverless-csv-etl/serverless-csv-etl-go/serverlesscsvetl"
)

// A schema with every property of fields and constraints.
func ordersSchema() etl.CsvSchema {
	return etl.CsvSchema_Of(&etl.CsvSchemaProps{
		Fields: &[]*etl.SchemaField{
			{
				Name: jsii.String("id"),
				Type: etl.FieldType_INTEGER,
				Constraints: &etl.FieldConstraints{
					Required: jsii.Bool(true),
					Unique:   jsii.Bool(true),
					Minimum:  jsii.String("1"),
				},
			},
			{
				Name:        jsii.String("product"),
				Title:       jsii.String("Product"),
				Description: jsii.String("What was sold"),
				Constraints: &etl.FieldConstraints{
					MinLength: jsii.Number(2),
					MaxLength: jsii.Number(80),
					Pattern:   jsii.String("[A-Z].*"),
				},
			},
			{
				Name:        jsii.String("unit"),
				Constraints: &etl.FieldConstraints{AllowedValues: jsii.Strings("piece", "kg", "l")},
			},
			{
				Name:        jsii.String("quantity"),
				Type:        etl.FieldType_INTEGER,
				GroupChar:   jsii.String("."),
				Constraints: &etl.FieldConstraints{Maximum: jsii.String("100000")},
			},
			{
				Name:          jsii.String("price"),
				Type:          etl.FieldType_NUMBER,
				DecimalChar:   jsii.String(","),
				GroupChar:     jsii.String("."),
				BareNumber:    jsii.Bool(false),
				MissingValues: jsii.Strings("", "n/a"),
				Constraints: &etl.FieldConstraints{
					ExclusiveMinimum: jsii.String("0"),
					ExclusiveMaximum: jsii.String("10000"),
				},
			},
			{
				Name:        jsii.String("paid"),
				Type:        etl.FieldType_BOOLEAN,
				TrueValues:  jsii.Strings("ja"),
				FalseValues: jsii.Strings("nein"),
			},
			{Name: jsii.String("ordered"), Type: etl.FieldType_DATE, Format: jsii.String("%d.%m.%Y")},
			{Name: jsii.String("called"), Type: etl.FieldType_DATETIME},
			{
				Name:      jsii.String("tags"),
				Type:      etl.FieldType_LIST,
				Delimiter: jsii.String("|"),
				ItemType:  etl.FieldType_STRING,
			},
			{Name: jsii.String("country")},
			{Name: jsii.String("replaces"), Type: etl.FieldType_INTEGER},
			{Name: jsii.String("contact")},
		},
		MissingValues: jsii.Strings("", "-"),
		PrimaryKey:    jsii.Strings("id"),
		UniqueKeys:    &[]*[]*string{jsii.Strings("product", "ordered"), jsii.Strings("called")},
		ForeignKeys: &[]*etl.ForeignKey{
			{
				Fields:       jsii.Strings("country"),
				Source:       etl.LookupSource_FromAsset(jsii.String("files/countries.csv")),
				SourceFields: jsii.Strings("code"),
			},
			{Fields: jsii.Strings("replaces"), SourceFields: jsii.Strings("id")},
		},
		FieldsMatch: etl.FieldsMatch_EQUAL,
	})
}
