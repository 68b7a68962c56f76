import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ApiAuthorization } from './api-authorization';
import { environmentSuffixOf } from './environment-suffix';
import { bundledCode, EtlFunction } from './etl-function';
import { checkedRuntime } from './function-checks';
import { addGatewayProblems } from './gateway-problems';
import { intakeEnvironment, intakeOf } from './intake';
import { MAX_NAME_LENGTH, physicalName } from './names';
import { checkedLimit } from './prop-checks';
import { allow, bucketStatements, tableStatements } from './rights';

/** Props of EtlApi. */
export interface EtlApiProps {
  /**
   * Part of every name, so that several environments fit into one account: 1 to 20 lower-case letters, digits and
   * inner hyphens.
   * @default - the context value `environmentSuffix`, else `dev`
   */
  readonly environmentSuffix?: string;

  /** The bucket that holds the source files. */
  readonly bucket: s3.IBucket;

  /** The table of jobs. */
  readonly jobTable: dynamodb.ITable;

  /** The state machine that `POST /trigger` starts. */
  readonly stateMachine: sfn.IStateMachine;

  /**
   * Identity of the pipeline, part of every job id: 1 to 100 letters, digits, hyphens, underscores and dots. It has to be
   * that of the `EtlStateMachine` which `stateMachine` belongs to.
   * @default - that of the `EtlStateMachine` which `stateMachine` belongs to, else the construct's path and the suffix
   */
  readonly pipeline?: string;

  /**
   * The prefix under which source files lie, with its slash at the end. No key outside it can be triggered.
   * It has to be that of the `EtlStateMachine` which `stateMachine` belongs to.
   * @default - that of the `EtlStateMachine` which `stateMachine` belongs to, else `raw/`
   */
  readonly inputPrefix?: string;

  /**
   * Ends of the keys that can be triggered. Corrected rejects files, which end with `.rejects.csv`, always can.
   * @default ['.csv']
   */
  readonly inputSuffixes?: string[];

  /**
   * How long the items of jobs are kept, in whole days, at least 90: so long the name of an ended execution stays taken,
   * and a job that was forgotten before could not begin anew.
   * @default Duration.days(90)
   */
  readonly jobRetention?: Duration;

  /**
   * Who may call.
   * @default ApiAuthorization.iam()
   */
  readonly authorization?: ApiAuthorization;

  /**
   * Requests per second that are let through over time, for all callers together.
   * @default 50
   */
  readonly throttlingRateLimit?: number;

  /**
   * Requests that are let through at once.
   * @default 100
   */
  readonly throttlingBurstLimit?: number;

  /**
   * Where the access log goes, for example `new apigateway.LogGroupLogDestination(logGroup)`. API Gateway writes it with
   * a role that is set once per account and region (`AWS::ApiGateway::Account`). Where none is set, deploying a stage
   * with an access log fails; where a stack sets it, it replaces the one that is there. So this library never sets it.
   * @default - no access log
   */
  readonly accessLogDestination?: apigateway.IAccessLogDestination;

  /**
   * Node.js runtime of the function.
   * @default lambda.Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;
}

/**
 * REST API of a pipeline, stage `prod`.
 *
 * - `GET /status/{jobId}` answers the job's item.
 * - `POST /trigger` with `{ "key": "raw/orders.csv", "versionId"?: "...", "replay"?: true }` starts a job for a file that
 *   is there: 202 with `{ jobId, status, executionArn }`, or 200 where that job exists. 400 malformed, 403 outside the
 *   input prefix, 404 absent, 409 a replay of a running job.
 *
 * Every error is a problem document (RFC 9457, `application/problem+json`).
 */
export class EtlApi extends Construct {
  /** The API. */
  public readonly restApi: apigateway.RestApi;

  /** Answers the requests. */
  public readonly apiFunction: lambda.Function;

  /** `GET /status/{jobId}`. */
  public readonly statusMethod: apigateway.Method;

  /** `POST /trigger`. */
  public readonly triggerMethod: apigateway.Method;

  /** Identity of the pipeline. */
  public readonly pipeline: string;

  /** The prefix under which source files lie. */
  public readonly inputPrefix: string;

  /** Ends of the keys that can be triggered. */
  public readonly inputSuffixes: string[];

  public constructor(scope: Construct, id: string, props: EtlApiProps) {
    super(scope, id);
    const suffix = environmentSuffixOf(this, props.environmentSuffix);
    const intake = intakeOf(this, props, suffix);
    this.pipeline = intake.pipeline;
    this.inputPrefix = intake.inputPrefix;
    this.inputSuffixes = intake.inputSuffixes;
    this.apiFunction = this.makeFunction(props, suffix);
    this.restApi = this.makeApi(props, suffix);
    addGatewayProblems(this.restApi);

    const validator = this.restApi.addRequestValidator('Validator', {
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    const options = {
      ...(props.authorization ?? ApiAuthorization.iam())._methodOptions,
      requestValidator: validator,
    };
    // The console's test calls need no permission of their own.
    const integration = new apigateway.LambdaIntegration(this.apiFunction, { allowTestInvoke: false });
    const status = this.restApi.root.addResource('status').addResource('{jobId}');
    this.statusMethod = status.addMethod('GET', integration, {
      ...options,
      requestParameters: { 'method.request.path.jobId': true },
    });
    this.triggerMethod = this.restApi.root.addResource('trigger').addMethod('POST', integration, {
      ...options,
      requestModels: { 'application/json': this.triggerModel() },
    });
  }

  /** Lets the grantee call both operations, where callers are authorized by IAM. */
  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return this.grantMethods(grantee, [this.statusMethod, this.triggerMethod]);
  }

  /** Lets the grantee ask for the status of jobs, where callers are authorized by IAM. */
  public grantInvokeStatus(grantee: iam.IGrantable): iam.Grant {
    return this.grantMethods(grantee, [this.statusMethod]);
  }

  /** Lets the grantee start jobs, where callers are authorized by IAM. */
  public grantInvokeTrigger(grantee: iam.IGrantable): iam.Grant {
    return this.grantMethods(grantee, [this.triggerMethod]);
  }

  /**
   * Number of requests.
   * @default - sample count over 5 minutes
   */
  public metricCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.restApi.metricCount(options);
  }

  /**
   * Number of answers with a status of 400 to 499.
   * @default - sum over 5 minutes
   */
  public metricClientError(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.restApi.metricClientError(options);
  }

  /**
   * Number of answers with a status of 500 to 599.
   * @default - sum over 5 minutes
   */
  public metricServerError(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.restApi.metricServerError(options);
  }

  private grantMethods(grantee: iam.IGrantable, methods: apigateway.Method[]): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['execute-api:Invoke'],
      resourceArns: methods.map((method) => method.methodArn),
    });
  }

  private makeFunction(props: EtlApiProps, suffix: string): lambda.Function {
    const handler = new EtlFunction(this, 'Handler', {
      environmentSuffix: suffix,
      description: 'Answers requests for the status of jobs, and starts jobs on request',
      code: bundledCode('api'),
      handler: 'index.handler',
      runtime: checkedRuntime(this, props.runtime),
      memorySize: 512,
      // API Gateway waits no longer than 29 seconds.
      timeout: Duration.seconds(29),
      environment: intakeEnvironment(this, props, this),
      policy: [
        ...tableStatements(this, props.jobTable, {
          table: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        }),
        ...bucketStatements(this, props.bucket, {
          read: [`${this.inputPrefix}*`],
          readVersion: [`${this.inputPrefix}*`],
        }),
        allow(['states:StartExecution'], [props.stateMachine.stateMachineArn]),
      ],
    });
    return handler.function;
  }

  private makeApi(props: EtlApiProps, suffix: string): apigateway.RestApi {
    const api = new apigateway.RestApi(this, 'RestApi', {
      restApiName: physicalName(this, suffix, MAX_NAME_LENGTH.restApi),
      description: `Jobs of the pipeline ${this.pipeline}`,
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      // The role is the account's, one for the whole region: a library must not replace it.
      cloudWatchRole: false,
      deployOptions: {
        stageName: 'prod',
        tracingEnabled: true,
        throttlingRateLimit: checkedLimit(
          this,
          'throttlingRateLimit',
          props.throttlingRateLimit ?? 50,
          false,
        ),
        throttlingBurstLimit: checkedLimit(
          this,
          'throttlingBurstLimit',
          props.throttlingBurstLimit ?? 100,
          true,
        ),
        accessLogDestination: props.accessLogDestination,
        accessLogFormat: props.accessLogDestination && apigateway.AccessLogFormat.jsonWithStandardFields(),
      },
    });
    // Its logical id is not ours to choose; the pipeline has an output `ApiUrl` instead.
    api.node.tryRemoveChild('Endpoint');
    return api;
  }

  private triggerModel(): apigateway.Model {
    const { OBJECT, STRING, BOOLEAN } = apigateway.JsonSchemaType;
    return this.restApi.addModel('TriggerModel', {
      contentType: 'application/json',
      schema: {
        schema: apigateway.JsonSchemaVersion.DRAFT4,
        type: OBJECT,
        required: ['key'],
        additionalProperties: false,
        properties: {
          // S3's limit is 1024 bytes of UTF-8.
          key: { type: STRING, minLength: 1, maxLength: 1024 },
          versionId: { type: STRING, minLength: 1, maxLength: 1024 },
          replay: { type: BOOLEAN },
        },
      },
    });
  }
}
