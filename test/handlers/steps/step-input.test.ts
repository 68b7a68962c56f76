import { parseStepInput } from '../../../src/handlers/steps/step-input';

const INPUT = {
  contract: 1,
  job: { jobId: 'j', bucket: 'b', key: 'raw/a.csv', versionId: 'v' },
  data: { bucket: 'b', key: 'raw/a.csv', versionId: 'v' },
  spec: { bucket: 'a', key: 'spec.json', sha256: '0' },
  outputPrefix: 'staging/j/validate/',
};

it('takes a message of the contract', () => {
  expect(parseStepInput(INPUT)).toEqual(INPUT);
});

it('leaves members alone that a later release may add', () => {
  expect(parseStepInput({ ...INPUT, later: true })).toEqual({ ...INPUT, later: true });
});

it.each([
  ['no object', 'text', 'the event is not an object'],
  ['a list', [], 'the event is not an object'],
  [
    'no version',
    { ...INPUT, contract: undefined },
    'the message has contract version undefined, this function reads versions up to 1',
  ],
  [
    'a later version',
    { ...INPUT, contract: 2 },
    'the message has contract version 2, this function reads versions up to 1',
  ],
  [
    'version 0',
    { ...INPUT, contract: 0 },
    'the message has contract version 0, this function reads versions up to 1',
  ],
  ['no job', { ...INPUT, job: undefined }, "the message's job.jobId is missing, expected text"],
  [
    'a number for a key',
    { ...INPUT, data: { bucket: 'b', key: 7 } },
    "the message's data.key is of type number, expected text",
  ],
  [
    'a list for a hash',
    { ...INPUT, spec: { ...INPUT.spec, sha256: [] } },
    "the message's spec.sha256 is a list, expected text",
  ],
  [
    'null for the prefix',
    { ...INPUT, outputPrefix: null },
    "the message's outputPrefix is null, expected text",
  ],
])('refuses a message with %s', (_what, event, message) => {
  expect(() => parseStepInput(event)).toThrow(
    expect.objectContaining({ name: 'step-contract-violation', message }),
  );
});
