package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigateway"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	etl "github.com/serverless-csv-etl/serverless-csv-etl-go/serverlesscsvetl"
)

// Every prop of a pipeline that makes its own bucket and table.
func newEverythingStack(scope constructs.Construct, id string) {
	stack := awscdk.NewStack(scope, &id, nil)
	etl.NewServerlessCsvEtl(stack, jsii.String("Orders"), &etl.ServerlessCsvEtlProps{
		EnvironmentSuffix: jsii.String("test"),
		Schema:            ordersSchema(),
		Dialect: etl.Dialect_Of(&etl.DialectOptions{
			Delimiter:        jsii.String(";"),
			QuoteChar:        jsii.String("'"),
			EscapeChar:       jsii.String("\\"),
			Header:           jsii.Bool(true),
			CommentChar:      jsii.String("#"),
			SkipInitialSpace: jsii.Bool(true),
			Encoding:         etl.Encoding_WINDOWS_1252,
			SkipLines:        jsii.Number(2),
			HeaderRows:       jsii.Numbers(1, 2),
			HeaderJoin:       jsii.String("_"),
			NullSequence:     jsii.String("\\N"),
		}),
		Transforms: everyTransform(stack),
		Enrichments: &[]etl.Enrichment{
			etl.Enrichment_Lookup(&etl.LookupOptions{
				Source: etl.LookupSource_FromAsset(jsii.String("files/countries.csv")),
				On:     &map[string]*string{"country": jsii.String("code")},
				Columns: &map[string]*string{
					"name":     jsii.String("country_name"),
					"currency": jsii.String("country_currency"),
				},
				WhenMissing: etl.WhenMissing_Value(jsii.String("unknown")),
			}),
			etl.Enrichment_Lookup(&etl.LookupOptions{
				Source:      etl.LookupSource_FromBucket(jsii.String("reference/products.csv")),
				On:          &map[string]*string{"sold_by": jsii.String("unit"), "product": jsii.String("product")},
				Columns:     &map[string]*string{"weight": jsii.String("weight")},
				WhenMissing: etl.WhenMissing_Reject(),
			}),
			etl.Enrichment_Constant(jsii.String("shop"), jsii.String("Größe & Söhne")),
			etl.Enrichment_Lineage(),
		},
		RejectPolicy: etl.RejectPolicy_ToleratePercent(jsii.Number(12.5)),
		OutputFormat: etl.OutputFormat_Parquet(&etl.ParquetOutputOptions{
			Compression:      etl.ParquetCompression_GZIP,
			RowGroupSize:     awscdk.Size_Mebibytes(jsii.Number(32)),
			DecimalPrecision: jsii.Number(18),
			DecimalScale:     jsii.Number(6),
		}),
		Steps: &etl.EtlSteps{
			Validate: etl.StepHandler_BuiltIn(&etl.StepFunctionOptions{
				MemorySize: jsii.Number(2048),
				Timeout:    awscdk.Duration_Minutes(jsii.Number(10)),
				Environment: &map[string]*string{
					"ZONE":  jsii.String("north"),
					"AREA":  jsii.String("sales"),
					"LEVEL": jsii.String("3"),
				},
				InitialPolicy: &[]awsiam.PolicyStatement{
					awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
						Actions:   jsii.Strings("kms:Decrypt"),
						Resources: jsii.Strings("*"),
					}),
				},
			}),
		},
		Topic:         awssns.NewTopic(stack, jsii.String("Alarms"), nil),
		InputPrefix:   jsii.String("in/"),
		InputSuffixes: jsii.Strings(".csv", ".txt"),
		MaxFileSize:   awscdk.Size_Gibibytes(jsii.Number(2)),
		UniqueBudget:  awscdk.Size_Mebibytes(jsii.Number(256)),
		Limits: &etl.PipelineLimits{
			MaxRecordSize:   awscdk.Size_Mebibytes(jsii.Number(1)),
			MaxFieldSize:    awscdk.Size_Kibibytes(jsii.Number(64)),
			MaxColumns:      jsii.Number(100),
			MaxRows:         jsii.Number(1_000_000),
			MaxInflatedSize: awscdk.Size_Gibibytes(jsii.Number(4)),
			MaxRejectsKept:  jsii.Number(5000),
		},
		Timeout:                    awscdk.Duration_Hours(jsii.Number(2)),
		RawRetention:               awscdk.Duration_Days(jsii.Number(14)),
		FailedRetention:            awscdk.Duration_Days(jsii.Number(60)),
		StagingRetention:           awscdk.Duration_Days(jsii.Number(2)),
		NoncurrentVersionRetention: awscdk.Duration_Days(jsii.Number(3)),
		JobRetention:               awscdk.Duration_Days(jsii.Number(120)),
		ApiAuthorization:           etl.ApiAuthorization_Iam(),
		ThrottlingRateLimit:        jsii.Number(5.5),
		ThrottlingBurstLimit:       jsii.Number(20),
		AccessLogDestination: awsapigateway.NewLogGroupLogDestination(
			awslogs.NewLogGroup(stack, jsii.String("AccessLog"), nil),
		),
		QualityCheckSchedule: awsevents.Schedule_Rate(awscdk.Duration_Hours(jsii.Number(12))),
		StuckAfter:           awscdk.Duration_Minutes(jsii.Number(90)),
		RejectRateThreshold:  jsii.Number(7.5),
		Runtime:              awslambda.Runtime_NODEJS_22_X(),
		RemovalPolicy:        awscdk.RemovalPolicy_RETAIN,
	})
}
