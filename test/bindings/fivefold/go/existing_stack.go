package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	etl "github.com/serverless-csv-etl/serverless-csv-etl-go/serverlesscsvetl"
)

const owner = "eu-central-1:111122223333"

// Resources that exist already: bucket, table, topic and the function of a step.
func newExistingStack(scope constructs.Construct, id string) {
	stack := awscdk.NewStack(scope, &id, nil)
	enrich := awslambda.Function_FromFunctionAttributes(stack, jsii.String("Enrich"), &awslambda.FunctionAttributes{
		FunctionArn:     jsii.String("arn:aws:lambda:" + owner + ":function:enrich"),
		SameEnvironment: jsii.Bool(true),
	})
	jobs := etl.NewJobTable(stack, jsii.String("Jobs"), &etl.JobTableProps{
		Table: awsdynamodb.Table_FromTableAttributes(stack, jsii.String("Table"), &awsdynamodb.TableAttributes{
			TableArn:      jsii.String("arn:aws:dynamodb:" + owner + ":table/jobs"),
			GlobalIndexes: jsii.Strings("status-timestamp"),
		}),
	})
	etl.NewServerlessCsvEtl(stack, jsii.String("Orders"), &etl.ServerlessCsvEtlProps{
		Bucket:   awss3.Bucket_FromBucketName(stack, jsii.String("Bucket"), jsii.String("orders-of-the-shop")),
		JobTable: jobs.Table(),
		Topic:    awssns.Topic_FromTopicArn(stack, jsii.String("Alarms"), jsii.String("arn:aws:sns:"+owner+":alarms")),
		Schema: etl.CsvSchema_FromFile(jsii.String("files/orders.schema.json"), &etl.CsvSchemaOptions{
			Resources: &map[string]etl.LookupSource{
				"customers": etl.LookupSource_FromAsset(jsii.String("files/customers.csv")),
				"countries": etl.LookupSource_FromAsset(jsii.String("files/countries.csv")),
			},
		}),
		Dialect: etl.Dialect_Detect(&etl.DialectOptions{
			DoubleQuote: jsii.Bool(true),
			Header:      jsii.Bool(false),
			ColumnNames: jsii.Strings("id", "customer", "country"),
		}),
		Transforms:   &[]etl.Transform{etl.Transform_Keep(jsii.String("id"), jsii.String("country"))},
		RejectPolicy: etl.RejectPolicy_TolerateRows(jsii.Number(10)),
		OutputFormat: etl.OutputFormat_Csv(&etl.CsvOutputOptions{
			Quoting:            etl.CsvQuoting_ALL,
			NeutralizeFormulas: jsii.Bool(true),
		}),
		ApiAuthorization: etl.ApiAuthorization_None(),
		Steps:            &etl.EtlSteps{Enrich: etl.StepHandler_FromFunction(enrich)},
	})
}
