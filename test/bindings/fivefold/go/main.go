package main

import (
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	etl "github.com/serverless-csv-etl/serverless-csv-etl-go/serverlesscsvetl"
)

func main() {
	defer jsii.Close()

	if len(os.Args) > 1 && os.Args[1] == "refused" {
		printRefused()
		return
	}
	// Reports of use name the language, and would be the one thing that differs.
	app := awscdk.NewApp(&awscdk.AppProps{AnalyticsReporting: jsii.Bool(false)})
	newMinimalStack(app, "Minimal")
	newEverythingStack(app, "Everything")
	newExistingStack(app, "Existing")
	newPartsStack(app, "Parts")
	app.Synth(nil)
}

// No props at all.
func newMinimalStack(scope constructs.Construct, id string) {
	stack := awscdk.NewStack(scope, &id, nil)
	etl.NewServerlessCsvEtl(stack, jsii.String("Csv"), nil)
}
