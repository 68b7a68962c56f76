package main

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	etl "github.com/serverless-csv-etl/serverless-csv-etl-go/serverlesscsvetl"
)

// Prints what each mistake is told, as whoever made it in this language sees it.
func printRefused() {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Refused"), nil)
	refused := func(id string, props *etl.ServerlessCsvEtlProps) {
		defer func() {
			message, _, _ := strings.Cut(fmt.Sprint(recover()), "\n")
			fmt.Println(message)
		}()
		etl.NewServerlessCsvEtl(stack, &id, props)
	}
	refused("Suffix", &etl.ServerlessCsvEtlProps{EnvironmentSuffix: jsii.String("Not Allowed")})
	refused("Retention", &etl.ServerlessCsvEtlProps{JobRetention: awscdk.Duration_Days(jsii.Number(1))})
	refused("Dialect", &etl.ServerlessCsvEtlProps{
		Dialect: etl.Dialect_Of(&etl.DialectOptions{Delimiter: jsii.String("--")}),
	})
	refused("Column", &etl.ServerlessCsvEtlProps{
		Schema:     etl.CsvSchema_Of(&etl.CsvSchemaProps{Fields: &[]*etl.SchemaField{{Name: jsii.String("id")}}}),
		Transforms: &[]etl.Transform{etl.Transform_Trim(jsii.String("nowhere"))},
	})
}
