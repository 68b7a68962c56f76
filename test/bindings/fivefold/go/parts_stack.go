package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigateway"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	etl "github.com/serverless-csv-etl/serverless-csv-etl-go/serverlesscsvetl"
)

// The parts of a pipeline, put together by hand, with the props that each has.
func newPartsStack(scope constructs.Construct, id string) {
	stack := awscdk.NewStack(scope, &id, nil)
	suffix := jsii.String("parts")
	runtime := awslambda.Runtime_NODEJS_22_X()
	inputPrefix := jsii.String("uploads/")
	inputSuffixes := jsii.Strings(".csv")
	jobRetention := awscdk.Duration_Days(jsii.Number(100))
	pipeline := jsii.String("orders-by-hand")

	bucket := etl.NewEtlBucket(stack, jsii.String("Bucket"), &etl.EtlBucketProps{
		EnvironmentSuffix:          suffix,
		InputPrefix:                inputPrefix,
		RawRetention:               awscdk.Duration_Days(jsii.Number(7)),
		FailedRetention:            awscdk.Duration_Days(jsii.Number(8)),
		StagingRetention:           awscdk.Duration_Days(jsii.Number(2)),
		NoncurrentVersionRetention: awscdk.Duration_Days(jsii.Number(9)),
		EventBridgeEnabled:         jsii.Bool(true),
		RemovalPolicy:              awscdk.RemovalPolicy_RETAIN,
	})
	jobs := etl.NewJobTable(stack, jsii.String("Jobs"), &etl.JobTableProps{
		EnvironmentSuffix: suffix,
		RemovalPolicy:     awscdk.RemovalPolicy_RETAIN,
	})
	enrich := awslambda.NewFunction(stack, jsii.String("EnrichFunction"), &awslambda.FunctionProps{
		Code:    awslambda.Code_FromAsset(jsii.String("files/step"), nil),
		Handler: jsii.String("index.handler"),
		Runtime: awslambda.Runtime_PYTHON_3_13(),
	})
	stateMachine := etl.NewEtlStateMachine(stack, jsii.String("StateMachine"), &etl.EtlStateMachineProps{
		EnvironmentSuffix: suffix,
		Bucket:            bucket.Bucket(),
		JobTable:          jobs.Table(),
		Pipeline:          pipeline,
		InputPrefix:       inputPrefix,
		Schema:            etl.CsvSchema_FromJson(jsii.String(`{"fields":[{"name":"id","type":"integer"}]}`), nil),
		Dialect:           etl.Dialect_TSV(),
		Transforms:        &[]etl.Transform{etl.Transform_Trim(jsii.String("id"))},
		Enrichments:       &[]etl.Enrichment{etl.Enrichment_Constant(jsii.String("source"), jsii.String("web"))},
		RejectPolicy:      etl.RejectPolicy_FailOnFirst(),
		OutputFormat:      etl.OutputFormat_JsonLines(),
		Steps: &etl.EtlSteps{
			Transform: etl.StepHandler_FromCode(&etl.StepCodeProps{
				Code:         awslambda.Code_FromAsset(jsii.String("files/step"), nil),
				Handler:      jsii.String("index.handler"),
				Runtime:      awslambda.Runtime_PYTHON_3_13(),
				Architecture: awslambda.Architecture_X86_64(),
				MemorySize:   jsii.Number(512),
				Timeout:      awscdk.Duration_Minutes(jsii.Number(5)),
				Environment:  &map[string]*string{"MODE": jsii.String("fast"), "DEPTH": jsii.String("2")},
			}),
			Enrich: etl.StepHandler_FromFunction(enrich),
		},
		Timeout:      awscdk.Duration_Hours(jsii.Number(1)),
		MaxFileSize:  awscdk.Size_Mebibytes(jsii.Number(100)),
		UniqueBudget: awscdk.Size_Mebibytes(jsii.Number(64)),
		Limits:       &etl.PipelineLimits{MaxColumns: jsii.Number(10)},
		JobRetention: jobRetention,
		Runtime:      runtime,
	})
	trigger := etl.NewEtlTrigger(stack, jsii.String("Trigger"), &etl.EtlTriggerProps{
		EnvironmentSuffix: suffix,
		Bucket:            bucket.Bucket(),
		JobTable:          jobs.Table(),
		StateMachine:      stateMachine.StateMachine(),
		Pipeline:          pipeline,
		InputPrefix:       inputPrefix,
		InputSuffixes:     inputSuffixes,
		JobRetention:      jobRetention,
		Runtime:           runtime,
	})
	api := etl.NewEtlApi(stack, jsii.String("Api"), &etl.EtlApiProps{
		EnvironmentSuffix:    suffix,
		Bucket:               bucket.Bucket(),
		JobTable:             jobs.Table(),
		StateMachine:         stateMachine.StateMachine(),
		Pipeline:             pipeline,
		InputPrefix:          inputPrefix,
		InputSuffixes:        inputSuffixes,
		JobRetention:         jobRetention,
		Runtime:              runtime,
		Authorization:        etl.ApiAuthorization_None(),
		ThrottlingRateLimit:  jsii.Number(1),
		ThrottlingBurstLimit: jsii.Number(2),
		AccessLogDestination: awsapigateway.NewLogGroupLogDestination(
			awslogs.NewLogGroup(stack, jsii.String("AccessLog"), nil),
		),
	})
	observability := etl.NewEtlObservability(stack, jsii.String("Observability"), &etl.EtlObservabilityProps{
		EnvironmentSuffix:    suffix,
		StateMachine:         stateMachine,
		Trigger:              trigger,
		Api:                  api,
		Topic:                awssns.NewTopic(stack, jsii.String("Alarms"), nil),
		QualityCheckSchedule: awsevents.Schedule_Cron(&awsevents.CronOptions{Hour: jsii.String("3"), Minute: jsii.String("30")}),
		StuckAfter:           awscdk.Duration_Minutes(jsii.Number(45)),
		RejectRateThreshold:  jsii.Number(50),
		Runtime:              runtime,
	})

	operator := awsiam.NewRole(stack, jsii.String("Operator"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewAccountRootPrincipal(),
	})
	bucket.GrantPutRaw(operator)
	bucket.GrantReadFailed(operator)
	jobs.GrantReadData(operator)
	stateMachine.GrantRead(operator)
	api.GrantInvoke(operator)
	stateMachine.MetricRowsRead(&awscloudwatch.MetricOptions{
		Period: awscdk.Duration_Hours(jsii.Number(1)),
	}).CreateAlarm(stack, jsii.String("Quiet"), &awscloudwatch.CreateAlarmOptions{
		Threshold:         jsii.Number(1),
		EvaluationPeriods: jsii.Number(3),
	})
	awscdk.NewCfnOutput(stack, jsii.String("Dashboard"), &awscdk.CfnOutputProps{
		Value: observability.Dashboard().DashboardName(),
	})
}
