import type { BusEvent } from '../services';
import type { Execution } from './execution';

/** Bytes of input and output that an event carries at most; beyond, they are left out. */
const LARGEST_DATA = 248 * 1024;

/**
 * The event that EventBridge gets whenever an execution's status changes.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function statusChangeEvent(execution: Execution): BusEvent {
  const { input, output } = execution;
  const outputFits = byteLength(output) <= LARGEST_DATA;
  const inputFits = byteLength(input) + byteLength(output) <= LARGEST_DATA;
  return {
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    resources: [execution.arn],
    detail: {
      executionArn: execution.arn,
      stateMachineArn: execution.machine.arn,
      name: execution.name,
      status: execution.status,
      startDate: execution.startDate.getTime(),
      stopDate: execution.stopDate?.getTime() ?? null,
      input: inputFits ? input : null,
      output: outputFits ? (output ?? null) : null,
      inputDetails: { included: inputFits },
      outputDetails: output === undefined ? null : { included: outputFits },
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: execution.redriveCount,
      redriveDate: execution.redriveDate?.getTime() ?? null,
      redriveStatus: execution.redriveRefusal === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
      redriveStatusReason: execution.redriveRefusal ?? null,
      error: execution.error ?? null,
      cause: execution.cause ?? null,
    },
  };
}

/** Size as the event's text has it: inside another JSON text, every quote is escaped. */
function byteLength(text: string | undefined): number {
  return text === undefined ? 0 : Buffer.byteLength(JSON.stringify(text), 'utf8');
}
