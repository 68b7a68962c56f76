import { captureLines } from './standard-output';
import { log } from '../../src/handlers/log';
import { emit } from '../../src/handlers/metrics';

afterEach(() => jest.restoreAllMocks());

it('writes a log line as one JSON document', () => {
  const { lines } = captureLines();
  log('WARN', 'something\nhappened', { jobId: 'j' });
  expect(lines).toEqual([
    { level: 'WARN', message: 'something\nhappened', timestamp: expect.stringMatching(/Z$/), jobId: 'j' },
  ]);
});

it('writes metrics in embedded metric format, their values at the root', () => {
  const { lines } = captureLines();
  emit({
    pipeline: 'Orders',
    step: 'validate',
    values: { processingLatency: 12, rowsRead: 3 },
    properties: { jobId: 'j' },
  });
  expect(lines).toEqual([
    {
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'ServerlessCsvEtl',
            Dimensions: [['Pipeline', 'Step']],
            Metrics: [
              { Name: 'ProcessingLatency', Unit: 'Milliseconds' },
              { Name: 'RowsRead', Unit: 'Count' },
            ],
          },
        ],
      },
      Pipeline: 'Orders',
      Step: 'validate',
      jobId: 'j',
      ProcessingLatency: 12,
      RowsRead: 3,
    },
  ]);
});

it('has the pipeline as only dimension where no step is meant', () => {
  const { lines } = captureLines();
  emit({ pipeline: 'Orders', values: { qualityFindings: 0 } });
  expect(lines[0]._aws.CloudWatchMetrics[0].Dimensions).toEqual([['Pipeline']]);
  expect(lines[0]).not.toHaveProperty('Step');
});
