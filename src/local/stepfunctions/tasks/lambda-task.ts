import { isObject, type Json, type JsonObject } from '../../json/json-value';
import { LOCAL_ACCOUNT, LOCAL_REGION, type InvokeResult } from '../../services';
import { StateError } from '../state-error';
import { asStateError, requireText, sdkResponse } from './service-response';
import type { TaskFamily, TaskResource, TaskServices } from './task-resources';

const FUNCTION_ARN = /^arn:aws[\w-]*:lambda:[^:]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;

/** Lambda's own failures carry its prefix; errors of AWS that the SDK has no class for are all one. */
const MODELLED =
  /^(TooManyRequests|Service|ResourceNotFound|InvalidParameterValue|RequestTooLarge|EC2\w+|KMS\w+)Exception$/;

function lambdaErrorName(code: string): string {
  if (code.startsWith('Lambda.')) return code;
  return MODELLED.test(code) ? `Lambda.${code}` : 'Lambda.AWSLambdaException';
}

/** `arn:aws:states:::lambda:invoke`. */
export const lambdaResource: TaskFamily = (name, services) => {
  if (name !== 'lambda:invoke') return undefined;
  return {
    resourceType: 'lambda',
    resource: 'invoke',
    parameters: ['FunctionName', 'Payload', 'Qualifier', 'InvocationType', 'ClientContext'],
    call: async (parameters, scope) => {
      const input = parameters as JsonObject;
      const functionArn = functionArnOf(requireText(parameters, 'FunctionName'), input.Qualifier);
      const payload = JSON.stringify(input.Payload ?? {});
      const principal = scope.role;
      if (input.InvocationType === 'Event') {
        await asStateError('AWSLambda', lambdaErrorName, async () =>
          services.functions.invokeAsync(functionArn, payload, principal),
        );
        return sdkResponse({ Payload: '', StatusCode: 202 }, 202);
      }
      const result = await asStateError('AWSLambda', lambdaErrorName, async () =>
        services.functions.invoke(functionArn, payload, principal),
      );
      return sdkResponse({ ExecutedVersion: '$LATEST', Payload: payloadOf(result), StatusCode: 200 });
    },
  };
};

/** A Resource that is a function's own ARN: the state's input is the event, the function's answer the result. */
export function functionResource(arn: string, services: TaskServices): TaskResource | undefined {
  if (!FUNCTION_ARN.test(arn)) return undefined;
  return {
    resourceType: 'lambda',
    resource: 'invoke',
    parameters: 'any',
    functionArn: arn,
    call: async (parameters, scope) => {
      const invoke = async () => services.functions.invoke(arn, JSON.stringify(parameters), scope.role);
      return payloadOf(await asStateError('AWSLambda', lambdaErrorName, invoke));
    },
  };
}

/** A function can be named by its name or ARN; `$LATEST` is what every name without a qualifier means. */
function functionArnOf(name: string, qualifier: Json | undefined): string {
  const arn = name.startsWith('arn:')
    ? name
    : `arn:aws:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT}:function:${name}`;
  return qualifier === undefined || qualifier === '$LATEST' ? arn : `${arn}:${qualifier as string}`;
}

/** The function's answer. Where it failed, its error class is the error and its error object the cause. */
function payloadOf({ payload, functionError }: InvokeResult): Json {
  const answer = parse(payload);
  if (functionError === undefined) return answer;
  const errorType = isObject(answer) ? answer.errorType : undefined;
  if (typeof errorType === 'string') throw new StateError(errorType, payload);
  throw new StateError(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`,
  );
}

function parse(payload: string): Json {
  try {
    return JSON.parse(payload) as Json;
  } catch {
    return payload;
  }
}
