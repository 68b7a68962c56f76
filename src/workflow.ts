import { Aws, type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { MAX_NAME_LENGTH, physicalName } from './names';
import { functionReference, tableReference } from './resource-reference';
import { allow, tableStatements } from './rights';
import type { SpecPointer, StepName } from './shared/step-contract';
import { stateMachineDefinition } from './state-machine-definition';

export interface WorkflowProps {
  readonly environmentSuffix: string;
  readonly jobTable: dynamodb.ITable;
  readonly timeout: Duration;
  readonly stepFunctions: Readonly<Record<StepName, lambda.IFunction>>;
  readonly finishFunction: lambda.IFunction;
  readonly spec: SpecPointer;
}

/** Log delivery and tracing know no resources. */
const ACTIONS_WITHOUT_RESOURCES = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];

/** The state machine with its role and its log. */
export class Workflow extends Construct {
  readonly stateMachine: sfn.StateMachine;
  readonly role: iam.Role;
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const name = physicalName(scope, props.environmentSuffix, MAX_NAME_LENGTH.stateMachine);
    const { validate, transform, enrich } = props.stepFunctions;
    const stepFunctionArns = {
      validate: functionReference(this, validate).arn,
      transform: functionReference(this, transform).arn,
      enrich: functionReference(this, enrich).arn,
    };
    const finishFunctionArn = props.finishFunction.functionArn;

    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      // Under this prefix many state machines share one resource policy of CloudWatch Logs, which has a size limit.
      logGroupName: `/aws/vendedlogs/states/${name}`,
      retention: logs.RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const statements = [
      allow(['lambda:InvokeFunction'], [...Object.values(stepFunctionArns), finishFunctionArn]),
      ...tableStatements(this, props.jobTable, { table: ['dynamodb:UpdateItem'] }),
      allow(ACTIONS_WITHOUT_RESOURCES, ['*']),
    ];
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com'),
      description: 'State machine of a CSV pipeline',
      // Inline, so that the rights are there when Step Functions checks them while it creates the state machine.
      inlinePolicies: { StateMachine: new iam.PolicyDocument({ statements }) },
    });
    const definition = stateMachineDefinition({
      partition: Aws.PARTITION,
      timeoutSeconds: props.timeout.toSeconds(),
      tableName: tableReference(this, props.jobTable).name,
      stepFunctionArns,
      finishFunctionArn,
      spec: props.spec,
    });
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      stateMachineName: name,
      stateMachineType: sfn.StateMachineType.STANDARD,
      definitionBody: sfn.DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      role: this.role,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.observeWithoutPolicies();
  }

  /** Set on the resource itself: as props they would add a second policy to the role. */
  private observeWithoutPolicies(): void {
    const resource = this.stateMachine.node.defaultChild as sfn.CfnStateMachine;
    resource.tracingConfiguration = { enabled: true };
    resource.loggingConfiguration = {
      level: sfn.LogLevel.ERROR,
      // Execution data would bring the inputs and causes of errors into the log.
      includeExecutionData: false,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: this.logGroup.logGroupArn } }],
    };
  }
}
