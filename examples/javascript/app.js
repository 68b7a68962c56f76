// Orders of a shop: checked, worked out, and their article numbers verified by a function of our own.
import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CsvSchema, RejectPolicy, ServerlessCsvEtl, StepHandler, Transform } from 'serverless-csv-etl';

class OrdersStack extends Stack {
  constructor(scope, id) {
    super(scope, id);

    // The bucket is somebody else's: it is versioned, and sends its events to EventBridge.
    const bucketName = this.node.tryGetContext('bucketName') ?? 'shop-files';
    // Whoever subscribes to it hears of every alarm.
    const alarms = new Topic(this, 'Alarms');
    // Bundled with its packages by esbuild; the SDK is Lambda's own.
    const articleNumbers = new NodejsFunction(this, 'ArticleNumbers', {
      entry: 'step/article-numbers.js',
      runtime: lambda.Runtime.NODEJS_22_X,
      memorySize: 512,
    });

    const orders = new ServerlessCsvEtl(this, 'Orders', {
      bucket: Bucket.fromBucketName(this, 'Files', bucketName),
      topic: alarms,
      inputPrefix: 'orders/',
      schema: CsvSchema.fromFile('orders.schema.json'),
      transforms: [
        Transform.trim('product'),
        Transform.formatDate('ordered_on', '%d/%m/%Y', '%Y-%m-%d'),
        Transform.derive('total', 'quantity * unit_price', { scale: 2 }),
      ],
      rejectPolicy: RejectPolicy.toleratePercent(50),
      // In the place of the built-in step Enrich.
      steps: { enrich: StepHandler.fromFunction(articleNumbers) },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new CfnOutput(this, 'AlarmTopicArn', { value: alarms.topicArn });
    new CfnOutput(this, 'Pipeline', { value: orders.pipeline });
  }
}

const app = new App();
new OrdersStack(app, 'Shop');
app.synth();
