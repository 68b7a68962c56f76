import * as path from 'node:path';
import type { Call } from './aws';
import { NODE_RUNTIME } from '../../src/local/lambda/runtimes/node-runtime-client';

export interface Resource {
  readonly Type: string;
  readonly Properties?: any;
}

export type Resources = Readonly<Record<string, Resource>>;

/** A stack as it stands: its template, and the names that its resources got. */
export interface CreatedStack {
  readonly resources: Resources;
  readonly physicalIds: Readonly<Record<string, string>>;
}

/** One thing in which what is tested on MiniStack is not what would be deployed to AWS. */
export interface Difference {
  readonly what: string;
  readonly why: string;
  /** Variables that MiniStack starts with. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Changes a resource of the template in place; `false` leaves the resource out. */
  readonly resource?: (resource: Resource, logicalId: string, all: Resources) => boolean;
  /** Files that are added to the code of functions with the custom runtime. */
  readonly code?: Readonly<Record<string, string>>;
  /** Calls that are made once a stack stands. */
  readonly calls?: (stack: CreatedStack) => Call[];
  /** What an output is read as. */
  readonly output?: (value: string, endpoint: string) => string;
}

export const CUSTOM_RUNTIME = 'provided.al2023';
/** Characters of a generated secret where the template names none. */
const DEFAULT_PASSWORD_LENGTH = 32;
const MODULES = path.join(__dirname, '..', '..', 'node_modules');

/** All of them: nothing else stands between the templates and MiniStack. */
export const DIFFERENCES: readonly Difference[] = [
  {
    what: 'Node functions run as provided.al2023, with the runtime of the local run as their bootstrap',
    why: 'MiniStack gives every error of a Node function the type Runtime.HandlerError, so no Catch or Retry could match',
    resource: ({ Type, Properties }, logicalId, all) => {
      const isNode = Type === 'AWS::Lambda::Function' && /^nodejs/.test(Properties.Runtime);
      // CDK's own answer by https only, which MiniStack's Node runtime turns into what it listens to.
      if (isNode && !handlesCustomResource(logicalId, all)) Properties.Runtime = CUSTOM_RUNTIME;
      return true;
    },
    code: {
      bootstrap: [
        '#!/bin/sh',
        `exec '${process.execPath}' --max-old-space-size=$((AWS_LAMBDA_FUNCTION_MEMORY_SIZE * 9 / 10)) node-runtime.cjs ''`,
        '',
      ].join('\n'),
      'node-runtime.cjs': NODE_RUNTIME,
    },
  },
  {
    what: 'Functions find the AWS SDK in node_modules',
    why: "Lambda's Node runtimes ship it, MiniStack does not; CDK's custom resources and the steps of the tests use it",
    environment: { NODE_PATH: MODULES },
  },
  {
    what: '$$.Execution.RedriveCount is 0',
    why: "MiniStack's context object lacks it",
    resource: editDefinition(
      ['"redriveCount.$":"$$.Execution.RedriveCount"', '"redriveCount":0'],
      ['$$.Execution.RedriveCount', '0'],
    ),
  },
  {
    what: '$$.State.EnteredTime of the steps is a fixed moment',
    why: 'MiniStack gives a ResultSelector no context object',
    resource: editDefinition([
      '"startedAt.$":"$$.State.EnteredTime"',
      '"startedAt":"2026-01-01T00:00:00.000Z"',
    ]),
  },
  {
    what: 'A secret that is generated names the length of its value',
    why: 'MiniStack takes GenerateSecretString without any member for none, and leaves the secret empty',
    resource: ({ Type, Properties }) => {
      const generate = Type === 'AWS::SecretsManager::Secret' && Properties?.GenerateSecretString;
      if (generate) generate.PasswordLength ??= DEFAULT_PASSWORD_LENGTH;
      return true;
    },
  },
  {
    what: 'A reference to a secret asks for its Id, which is its ARN as well',
    why: "MiniStack's Ref gives the secret's name, which no policy allows to read",
    resource: (resource, _logicalId, all) => {
      const text = JSON.stringify(resource.Properties ?? {});
      const edited = text.replace(/\{"Ref":"(\w+)"\}/g, (reference, id: string) =>
        all[id]?.Type === 'AWS::SecretsManager::Secret' ? `{"Fn::GetAtt":["${id}","Id"]}` : reference,
      );
      Object.assign(resource.Properties ?? {}, JSON.parse(edited));
      return true;
    },
  },
  {
    what: 'Alarms on expressions over metrics are left out',
    why: 'MiniStack refuses to create them',
    resource: ({ Type, Properties }) => !(Type === 'AWS::CloudWatch::Alarm' && Properties.Metrics),
  },
  {
    what: 'DeadLetterConfig of functions is set after the stack is created',
    why: "MiniStack's CloudFormation drops it",
    calls: ({ resources, physicalIds }) =>
      Object.entries(resources).flatMap(([logicalId, { Type, Properties }]) => {
        const queue =
          Type === 'AWS::Lambda::Function' && Properties.DeadLetterConfig?.TargetArn['Fn::GetAtt'][0];
        if (!queue) return [];
        const DeadLetterConfig = { TargetArn: queueArn(physicalIds[queue]) };
        const parameters = { FunctionName: physicalIds[logicalId], DeadLetterConfig };
        return [{ service: 'lambda', operation: 'update_function_configuration', parameters }];
      }),
  },
  {
    what: 'Tags of buckets are set after the stack is created',
    why: "MiniStack's CloudFormation drops them, and CDK's handler empties only buckets that carry its tag",
    calls: ({ resources, physicalIds }) =>
      Object.entries(resources).flatMap(([logicalId, { Type, Properties }]) => {
        if (Type !== 'AWS::S3::Bucket' || !Properties.Tags) return [];
        const parameters = { Bucket: physicalIds[logicalId], Tagging: { TagSet: Properties.Tags } };
        return [{ service: 's3', operation: 'put_bucket_tagging', parameters }];
      }),
  },
  {
    what: 'The API is called by a path of the endpoint',
    why: 'execute-api.us-east-1.amazonaws.com is the name of a machine of AWS',
    output: (value, endpoint) =>
      value.replace(/^https:\/\/(\w+)\.execute-api\.[^/]+\/(.*)$/, `${endpoint}/_aws/execute-api/$1/$2`),
  },
  {
    what: 'Waits of state machines and pauses between retries take a hundredth of their time, Lambda tries again after one second',
    why: 'CI has no minutes to wait',
    environment: {
      SFN_WAIT_SCALE: '0.01',
      LAMBDA_ASYNC_RETRY_BASE_SECONDS: '1',
      LAMBDA_ASYNC_RETRY_MAX_SECONDS: '1',
    },
  },
];

function queueArn(url: string): string {
  const [account, name] = url.split('/').slice(-2);
  return `arn:aws:sqs:us-east-1:${account}:${name}`;
}

function handlesCustomResource(logicalId: string, all: Resources): boolean {
  return Object.values(all).some(
    ({ Properties }) => Properties?.ServiceToken?.['Fn::GetAtt']?.[0] === logicalId,
  );
}

/** Replaces parts of the definitions of state machines. */
function editDefinition(...edits: [string, string][]): Difference['resource'] {
  return (resource) => {
    if (resource.Type !== 'AWS::StepFunctions::StateMachine') return true;
    for (const [from, to] of edits.map((pair) => pair.map(asPartOfText))) {
      const text = JSON.stringify(resource.Properties.DefinitionString);
      if (!text.includes(from)) throw new Error(`a difference is out of date: no definition holds ${from}`);
      resource.Properties.DefinitionString = JSON.parse(text.replaceAll(from, () => to));
    }
    return true;
  };
}

/** JSON as it stands in a text that is itself JSON. */
function asPartOfText(json: string): string {
  return JSON.stringify(json).slice(1, -1);
}
