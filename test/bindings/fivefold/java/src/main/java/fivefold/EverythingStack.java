package fivefold;

import io.github.serverlesscsvetl.ApiAuthorization;
import io.github.serverlesscsvetl.Dialect;
import io.github.serverlesscsvetl.DialectOptions;
import io.github.serverlesscsvetl.Encoding;
import io.github.serverlesscsvetl.Enrichment;
import io.github.serverlesscsvetl.EtlSteps;
import io.github.serverlesscsvetl.LookupOptions;
import io.github.serverlesscsvetl.LookupSource;
import io.github.serverlesscsvetl.OutputFormat;
import io.github.serverlesscsvetl.ParquetCompression;
import io.github.serverlesscsvetl.ParquetOutputOptions;
import io.github.serverlesscsvetl.PipelineLimits;
import io.github.serverlesscsvetl.RejectPolicy;
import io.github.serverlesscsvetl.ServerlessCsvEtl;
import io.github.serverlesscsvetl.StepFunctionOptions;
import io.github.serverlesscsvetl.StepHandler;
import io.github.serverlesscsvetl.WhenMissing;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Every prop of a pipeline that makes its own bucket and table. */
final class EverythingStack extends Stack {
  EverythingStack(final Construct scope, final String id) {
    super(scope, id);
    ServerlessCsvEtl.Builder.create(this, "Orders")
        .environmentSuffix("test")
        .schema(OrdersSchema.create())
        .dialect(
            Dialect.of(
                DialectOptions.builder()
                    .delimiter(";")
                    .quoteChar("'")
                    .escapeChar("\\")
                    .header(true)
                    .commentChar("#")
                    .skipInitialSpace(true)
                    .encoding(Encoding.WINDOWS_1252)
                    .skipLines(2)
                    .headerRows(List.of(1, 2))
                    .headerJoin("_")
                    .nullSequence("\\N")
                    .build()))
        .transforms(EveryTransform.create(this))
        .enrichments(
            List.of(
                Enrichment.lookup(
                    LookupOptions.builder()
                        .source(LookupSource.fromAsset("files/countries.csv"))
                        .on(Map.of("country", "code"))
                        .columns(Map.of("name", "country_name", "currency", "country_currency"))
                        .whenMissing(WhenMissing.value("unknown"))
                        .build()),
                Enrichment.lookup(
                    LookupOptions.builder()
                        .source(LookupSource.fromBucket("reference/products.csv"))
                        .on(Map.of("sold_by", "unit", "product", "product"))
                        .columns(Map.of("weight", "weight"))
                        .whenMissing(WhenMissing.reject())
                        .build()),
                Enrichment.constant("shop", "Größe & Söhne"),
                Enrichment.lineage()))
        .rejectPolicy(RejectPolicy.toleratePercent(12.5))
        .outputFormat(
            OutputFormat.parquet(
                ParquetOutputOptions.builder()
                    .compression(ParquetCompression.GZIP)
                    .rowGroupSize(Size.mebibytes(32))
                    .decimalPrecision(18)
                    .decimalScale(6)
                    .build()))
        .steps(
            EtlSteps.builder()
                .validate(
                    StepHandler.builtIn(
                        StepFunctionOptions.builder()
                            .memorySize(2048)
                            .timeout(Duration.minutes(10))
                            .environment(Map.of("ZONE", "north", "AREA", "sales", "LEVEL", "3"))
                            .initialPolicy(
                                List.of(
                                    PolicyStatement.Builder.create()
                                        .actions(List.of("kms:Decrypt"))
                                        .resources(List.of("*"))
                                        .build()))
                            .build()))
                .build())
        .topic(new Topic(this, "Alarms"))
        .inputPrefix("in/")
        .inputSuffixes(List.of(".csv", ".txt"))
        .maxFileSize(Size.gibibytes(2))
        .uniqueBudget(Size.mebibytes(256))
        .limits(
            PipelineLimits.builder()
                .maxRecordSize(Size.mebibytes(1))
                .maxFieldSize(Size.kibibytes(64))
                .maxColumns(100)
                .maxRows(1_000_000)
                .maxInflatedSize(Size.gibibytes(4))
                .maxRejectsKept(5000)
                .build())
        .timeout(Duration.hours(2))
        .rawRetention(Duration.days(14))
        .failedRetention(Duration.days(60))
        .stagingRetention(Duration.days(2))
        .noncurrentVersionRetention(Duration.days(3))
        .jobRetention(Duration.days(120))
        .apiAuthorization(ApiAuthorization.iam())
        .throttlingRateLimit(5.5)
        .throttlingBurstLimit(20)
        .accessLogDestination(new LogGroupLogDestination(new LogGroup(this, "AccessLog")))
        .qualityCheckSchedule(Schedule.rate(Duration.hours(12)))
        .stuckAfter(Duration.minutes(90))
        .rejectRateThreshold(7.5)
        .runtime(Runtime.NODEJS_22_X)
        .removalPolicy(RemovalPolicy.RETAIN)
        .build();
  }
}
