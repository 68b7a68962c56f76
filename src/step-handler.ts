import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { bundledCode, EtlFunction } from './etl-function';
import { checkedEnvironment, checkedFunctionTimeout, checkedMemory } from './function-checks';
import type { StepName } from './shared/step-contract';
import { grantToPassedFunction } from './step-rights';

/** What every step's function that the pipeline makes can be given. */
export interface StepFunctionOptions {
  /**
   * Memory in MB. Lambda gives CPU in proportion: one vCPU at 1,769 MB. New accounts allow 3,008 at most.
   * @default 1769
   */
  readonly memorySize?: number;

  /**
   * Time for one file, at most 15 minutes.
   * @default Duration.minutes(15)
   */
  readonly timeout?: Duration;

  /**
   * Further environment variables. Names that begin with `ETL_` are the pipeline's own.
   * @default - none but the pipeline's own
   */
  readonly environment?: Record<string, string>;

  /**
   * Statements for the function's role, beside those that its step needs anyway.
   * @default - none
   */
  readonly initialPolicy?: iam.PolicyStatement[];
}

/** A step's function that is made of code of one's own. */
export interface StepCodeProps extends StepFunctionOptions {
  /** The code, for example `lambda.Code.fromAsset('my-step')`. */
  readonly code: lambda.Code;

  /** Name of the handler in the code, for example `index.handler`. */
  readonly handler: string;

  /**
   * Runtime of the code, of any language.
   * @default - the runtime of the pipeline's own functions
   */
  readonly runtime?: lambda.Runtime;

  /**
   * Processor that the code is for.
   * @default lambda.Architecture.ARM_64
   */
  readonly architecture?: lambda.Architecture;
}

/**
 * Who does one of the three steps Validate, Transform and Enrich: the built-in function, a Lambda function of yours, or
 * code of yours that the pipeline makes a function of. Whoever it is keeps the **step contract**, version 1. The
 * built-in functions keep just this contract, nothing private.
 *
 * **Input** (the event):
 *
 * ```json
 * {
 *   "contract": 1,
 *   "job": { "jobId": "4f0c...", "bucket": "...", "key": "raw/orders.csv", "versionId": "..." },
 *   "data": { "bucket": "...", "key": "...", "versionId": "..." },
 *   "spec": { "bucket": "...", "key": "...", "sha256": "..." },
 *   "outputPrefix": "staging/<jobId>/<step>/"
 * }
 * ```
 *
 * - `job` is the identity of the job and its source object.
 * - `data` is what to read. For Validate it is the source itself with its `versionId`; for the others it is what the
 *   step before returned (`versionId` is then absent).
 * - `spec` is the pipeline's spec as JSON: schema, dialect, transforms, enrichments. A step may use it or not.
 * - Objects may be written under `outputPrefix` only. A step may be run again with the same input, so write whole
 *   objects under fixed names.
 *
 * **Output** (the returned value):
 *
 * ```json
 * {
 *   "data": { "bucket": "...", "key": "staging/<jobId>/<step>/data.csv" },
 *   "rejects": { "bucket": "...", "key": "staging/<jobId>/<step>/rejects.csv" },
 *   "counts": { "rowsRead": 10, "rowsWritten": 8, "rowsRejected": 1, "rowsFiltered": 1 }
 * }
 * ```
 *
 * - `data` is UTF-8 CSV with a header, LF line ends and minimal quoting. Its first column is `_row`, the number of the
 *   record in the source: the header is record 1 where there is one. Every record carries the `_row` that it came from,
 *   once, and in ascending order. Rows are neither split nor joined.
 * - `rejects` is absent where no row was rejected. Else it is CSV with the header `_row,_column,_code,_message`, one
 *   line for each rejected row, in ascending order of `_row`. It holds no other cells: the pipeline finds them again.
 * - `counts` are those of this step, with `rowsRead = rowsWritten + rowsRejected + rowsFiltered`. `rowsRead` is what the
 *   step before wrote. A job with other counts fails (`conservation-violated`); an output of another shape fails as
 *   `step-contract-violation`.
 *
 * **Errors**: an error named `TransientError` is retried, as are throttling and errors of the Lambda service. Every other
 * error ends the job as FAILED, with the error's name as `errorCode` and the step's name as `step`. The message becomes
 * `errorMessage`, so it must not hold cell values.
 *
 * **Permissions**: a function that the pipeline makes, and one that is passed in with its role, may read the spec, read
 * what its step reads (Validate: versions under the input prefix; Transform: `staging/` and the secrets of `Transform.hash`;
 * Enrich: `staging/` and the lookup files of the pipeline) and write `staging/<any job>/<its step>/`. A function of another stack gets those rights that need no
 * reference back into this stack, since that would be a cycle: all of them where the bucket has a fixed name, as the one
 * made by `EtlBucket` has. To an imported function you give them yourself.
 */
export class StepHandler {
  /**
   * A function that exists already. It may be of any language, and in another stack. Import with
   * `Function.fromFunctionAttributes({ functionArn, sameEnvironment: true })` what another app made.
   */
  public static fromFunction(handler: lambda.IFunction): StepHandler {
    return new StepHandler((scope, _id, context) => {
      grantToPassedFunction(scope, handler, context.policy(handler));
      return handler;
    });
  }

  /** Code that the pipeline makes a function of, with a role, a log group and a name like its own ones. */
  public static fromCode(props: StepCodeProps): StepHandler {
    return new StepHandler((scope, id, context) =>
      makeFunction(scope, id, context, props, {
        code: props.code,
        handler: props.handler,
        runtime: props.runtime ?? context.runtime,
        architecture: props.architecture,
      }),
    );
  }

  /** The function that the library brings along, with more memory, time, variables or rights. */
  public static builtIn(options: StepFunctionOptions = {}): StepHandler {
    return new StepHandler((scope, id, context) =>
      makeFunction(scope, id, context, options, {
        code: bundledCode('state-machine'),
        handler: `index.${context.step}`,
        runtime: context.runtime,
      }),
    );
  }

  private constructor(private readonly make: StepBinding) {}

  /** @internal */
  public _bind(scope: Construct, id: string, context: StepContext): lambda.IFunction {
    return this.make(scope, id, context);
  }
}

/**
 * What a state machine tells a step's function.
 * @internal
 */
export interface StepContext {
  readonly step: StepName;
  readonly environmentSuffix: string;
  readonly runtime: lambda.Runtime;
  readonly environment: Readonly<Record<string, string>>;
  /** The step's rights, as the stack of the construct that gets them has to write them. */
  policy(scope: Construct): iam.PolicyStatement[];
}

type StepBinding = (scope: Construct, id: string, context: StepContext) => lambda.IFunction;

interface StepCode {
  readonly code: lambda.Code;
  readonly handler: string;
  readonly runtime: lambda.Runtime;
  readonly architecture?: lambda.Architecture;
}

function makeFunction(
  scope: Construct,
  id: string,
  context: StepContext,
  options: StepFunctionOptions,
  code: StepCode,
): lambda.Function {
  const made = new EtlFunction(scope, id, {
    ...code,
    environmentSuffix: context.environmentSuffix,
    description: `The ${context.step} step`,
    memorySize: checkedMemory(scope, `the ${context.step} step's memorySize`, options.memorySize ?? 1769),
    timeout: checkedFunctionTimeout(
      scope,
      `the ${context.step} step's timeout`,
      options.timeout ?? Duration.minutes(15),
    ),
    environment: {
      ...checkedEnvironment(scope, `the ${context.step} step's environment`, options.environment ?? {}),
      ...context.environment,
    },
    policy: [...context.policy(scope), ...(options.initialPolicy ?? [])],
  });
  return made.function;
}
