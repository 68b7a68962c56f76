package fivefold;

import io.github.serverlesscsvetl.ApiAuthorization;
import io.github.serverlesscsvetl.CsvOutputOptions;
import io.github.serverlesscsvetl.CsvQuoting;
import io.github.serverlesscsvetl.CsvSchema;
import io.github.serverlesscsvetl.CsvSchemaOptions;
import io.github.serverlesscsvetl.Dialect;
import io.github.serverlesscsvetl.DialectOptions;
import io.github.serverlesscsvetl.EtlSteps;
import io.github.serverlesscsvetl.JobTable;
import io.github.serverlesscsvetl.LookupSource;
import io.github.serverlesscsvetl.OutputFormat;
import io.github.serverlesscsvetl.RejectPolicy;
import io.github.serverlesscsvetl.ServerlessCsvEtl;
import io.github.serverlesscsvetl.StepHandler;
import io.github.serverlesscsvetl.Transform;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableAttributes;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionAttributes;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Resources that exist already: bucket, table, topic and the function of a step. */
final class ExistingStack extends Stack {
  private static final String OWNER = "eu-central-1:111122223333";

  ExistingStack(final Construct scope, final String id) {
    super(scope, id);
    IFunction enrich =
        Function.fromFunctionAttributes(
            this,
            "Enrich",
            FunctionAttributes.builder()
                .functionArn("arn:aws:lambda:" + OWNER + ":function:enrich")
                .sameEnvironment(true)
                .build());
    JobTable jobs =
        JobTable.Builder.create(this, "Jobs")
            .table(
                Table.fromTableAttributes(
                    this,
                    "Table",
                    TableAttributes.builder()
                        .tableArn("arn:aws:dynamodb:" + OWNER + ":table/jobs")
                        .globalIndexes(List.of("status-timestamp"))
                        .build()))
            .build();
    ServerlessCsvEtl.Builder.create(this, "Orders")
        .bucket(Bucket.fromBucketName(this, "Bucket", "orders-of-the-shop"))
        .jobTable(jobs.getTable())
        .topic(Topic.fromTopicArn(this, "Alarms", "arn:aws:sns:" + OWNER + ":alarms"))
        .schema(
            CsvSchema.fromFile(
                "files/orders.schema.json",
                CsvSchemaOptions.builder()
                    .resources(
                        Map.of(
                            "customers", LookupSource.fromAsset("files/customers.csv"),
                            "countries", LookupSource.fromAsset("files/countries.csv")))
                    .build()))
        .dialect(
            Dialect.detect(
                DialectOptions.builder()
                    .doubleQuote(true)
                    .header(false)
                    .columnNames(List.of("id", "customer", "country"))
                    .build()))
        .transforms(List.of(Transform.keep("id", "country")))
        .rejectPolicy(RejectPolicy.tolerateRows(10))
        .outputFormat(
            OutputFormat.csv(
                CsvOutputOptions.builder()
                    .quoting(CsvQuoting.ALL)
                    .neutralizeFormulas(true)
                    .build()))
        .apiAuthorization(ApiAuthorization.none())
        .steps(EtlSteps.builder().enrich(StepHandler.fromFunction(enrich)).build())
        .build();
  }
}
