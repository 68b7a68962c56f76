import { STEP_CONTRACT_VERSION, type StepInput } from '../../shared/step-contract';
import { PipelineError } from '../../spec/pipeline-error';
import { isRecord, textAt } from '../message';

/**
 * Checks what a step was given. A state machine that was deployed with an earlier release may still send that
 * release's messages, so versions up to the present one are taken, and members that this release does not know are
 * left alone.
 *
 * @throws PipelineError `step-contract-violation`
 */
export function parseStepInput(event: unknown): StepInput {
  if (!isRecord(event)) throw new PipelineError('step-contract-violation', 'the event is not an object');
  checkContract(event);
  for (const path of REQUIRED_TEXTS) textAt(event, path);
  return event as unknown as StepInput;
}

/** Whether a message's version is one that this release reads. */
export function checkContract(event: Readonly<Record<string, unknown>>): void {
  const { contract } = event;
  if (typeof contract === 'number' && contract >= 1 && contract <= STEP_CONTRACT_VERSION) return;
  throw new PipelineError(
    'step-contract-violation',
    `the message has contract version ${JSON.stringify(contract)}, this function reads versions up to ${STEP_CONTRACT_VERSION}`,
  );
}

const REQUIRED_TEXTS = [
  'job.jobId',
  'job.bucket',
  'job.key',
  'job.versionId',
  'data.bucket',
  'data.key',
  'spec.bucket',
  'spec.key',
  'spec.sha256',
  'outputPrefix',
];
