import { Fixture, named } from './fixture';
import { stateMachineDefinition } from '../../../src/state-machine-definition';

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const definition = stateMachineDefinition({
  partition: 'aws',
  timeoutSeconds: 3600,
  tableName: 'jobs',
  stepFunctionArns: { validate: arn('validate'), transform: arn('transform'), enrich: arn('enrich') },
  finishFunctionArn: arn('finish'),
  spec: { bucket: 'assets', key: 'spec.json', sha256: 'a'.repeat(64) },
});
const input = { contract: 1, job: { jobId: 'job', bucket: 'orders', key: 'raw/a.csv', versionId: 'v1' } };
const stepOutput = {
  data: { bucket: 'orders', key: 'staging/job/x.csv' },
  counts: { rowsRead: 2, rowsWritten: 2, rowsRejected: 0, rowsFiltered: 0 },
};

describe("the pipeline's own state machine", () => {
  it('calls each step with what the one before gave, and sets the status before each', async () => {
    const fixture = new Fixture();
    fixture.answers = [stepOutput, stepOutput, stepOutput, { status: 'SUCCEEDED' }];
    const { status } = await fixture.run(definition, input);
    expect(status).toBe('SUCCEEDED');
    expect(fixture.invocations.map((call) => call.arn.split(':').at(-1))).toEqual([
      'validate',
      'transform',
      'enrich',
      'finish',
    ]);
    expect(fixture.invocations[1].payload).toMatchObject({
      data: stepOutput.data,
      outputPrefix: 'staging/job/transform/',
    });
    expect(
      fixture.tableCalls.map(({ input: call }) => JSON.stringify(call.ExpressionAttributeValues)),
    ).toEqual([
      expect.stringContaining('VALIDATING'),
      expect.stringContaining('TRANSFORMING'),
      expect.stringContaining('ENRICHING'),
    ]);
  });

  it('records a step that fails, and fails with its error', async () => {
    const fixture = new Fixture();
    fixture.answers = [named('encoding-error', 'byte 7'), {}];
    const { status, error } = await fixture.run(definition, input);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'encoding-error' });
    expect(fixture.invocations[1].payload.failure).toMatchObject({
      step: 'validate',
      error: { Error: 'encoding-error' },
    });
  });
});
