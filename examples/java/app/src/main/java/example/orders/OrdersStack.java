package example.orders;

import io.github.serverlesscsvetl.CsvSchema;
import io.github.serverlesscsvetl.DeriveOptions;
import io.github.serverlesscsvetl.EtlSteps;
import io.github.serverlesscsvetl.RejectPolicy;
import io.github.serverlesscsvetl.ServerlessCsvEtl;
import io.github.serverlesscsvetl.StepCodeProps;
import io.github.serverlesscsvetl.StepHandler;
import io.github.serverlesscsvetl.Transform;
import java.util.List;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Orders of a shop: checked, worked out, and their article numbers verified by a function of our own. */
public final class OrdersStack extends Stack {
  public OrdersStack(final Construct scope, final String id) {
    super(scope, id);

    // The bucket is somebody else's: it is versioned, and sends its events to EventBridge.
    Object bucketName = getNode().tryGetContext("bucketName");
    IBucket bucket =
        Bucket.fromBucketName(this, "Files", bucketName == null ? "shop-files" : (String) bucketName);
    // Whoever subscribes to it hears of every alarm.
    Topic alarms = new Topic(this, "Alarms");

    ServerlessCsvEtl orders =
        ServerlessCsvEtl.Builder.create(this, "Orders")
            .bucket(bucket)
            .topic(alarms)
            .inputPrefix("orders/")
            .schema(CsvSchema.fromFile("orders.schema.json"))
            .transforms(
                List.of(
                    Transform.trim("product"),
                    Transform.formatDate("ordered_on", "%d/%m/%Y", "%Y-%m-%d"),
                    Transform.derive(
                        "total", "quantity * unit_price", DeriveOptions.builder().scale(2).build())))
            .rejectPolicy(RejectPolicy.toleratePercent(50))
            .steps(
                EtlSteps.builder()
                    // In the place of the built-in step Enrich.
                    .enrich(
                        StepHandler.fromCode(
                            StepCodeProps.builder()
                                .code(Code.fromAsset("step/target/step.jar"))
                                .handler("example.orders.ArticleNumbers::handleRequest")
                                .runtime(Runtime.JAVA_17)
                                .memorySize(1024)
                                .build()))
                    .build())
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    CfnOutput.Builder.create(this, "AlarmTopicArn").value(alarms.getTopicArn()).build();
    CfnOutput.Builder.create(this, "Pipeline").value(orders.getPipeline()).build();
  }
}
