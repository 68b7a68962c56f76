// Orders of a shop: checked, worked out, and their article numbers verified by a function of our own.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	etl "github.com/serverless-csv-etl/serverless-csv-etl-go/serverlesscsvetl"
)

func newOrdersStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)

	// The bucket is somebody else's: it is versioned, and sends its events to EventBridge.
	bucketName, given := stack.Node().TryGetContext(jsii.String("bucketName")).(string)
	if !given {
		bucketName = "shop-files"
	}
	bucket := awss3.Bucket_FromBucketName(stack, jsii.String("Files"), &bucketName)
	// Whoever subscribes to it hears of every alarm.
	alarms := awssns.NewTopic(stack, jsii.String("Alarms"), nil)

	orders := etl.NewServerlessCsvEtl(stack, jsii.String("Orders"), &etl.ServerlessCsvEtlProps{
		Bucket:      bucket,
		Topic:       alarms,
		InputPrefix: jsii.String("orders/"),
		Schema:      etl.CsvSchema_FromFile(jsii.String("orders.schema.json"), nil),
		Transforms: &[]etl.Transform{
			etl.Transform_Trim(jsii.String("product")),
			etl.Transform_FormatDate(jsii.String("ordered_on"), jsii.String("%d/%m/%Y"), jsii.String("%Y-%m-%d")),
			etl.Transform_Derive(jsii.String("total"), jsii.String("quantity * unit_price"), &etl.DeriveOptions{
				Scale: jsii.Number(2),
			}),
		},
		RejectPolicy: etl.RejectPolicy_ToleratePercent(jsii.Number(50)),
		Steps: &etl.EtlSteps{
			// In the place of the built-in step Enrich.
			Enrich: etl.StepHandler_FromCode(&etl.StepCodeProps{
				Code:         awslambda.Code_FromAsset(jsii.String("build/lambda"), nil),
				Handler:      jsii.String("bootstrap"),
				Runtime:      awslambda.Runtime_PROVIDED_AL2023(),
				Architecture: awslambda.Architecture_ARM_64(),
				MemorySize:   jsii.Number(512),
			}),
		},
		RemovalPolicy: awscdk.RemovalPolicy_RETAIN,
	})
	awscdk.NewCfnOutput(stack, jsii.String("AlarmTopicArn"), &awscdk.CfnOutputProps{Value: alarms.TopicArn()})
	awscdk.NewCfnOutput(stack, jsii.String("Pipeline"), &awscdk.CfnOutputProps{Value: orders.Pipeline()})
	return stack
}

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	newOrdersStack(app, "Shop")
	app.Synth(nil)
}
