import { metricsOf } from '../../../src/local/lambda/emf';
import { MemoryWatch, residentBytes } from '../../../src/local/lambda/memory-watch';

const emf = (directive: object, members: object): string =>
  JSON.stringify({ _aws: { CloudWatchMetrics: [{ Namespace: 'N', ...directive }] }, ...members });

describe('a line in the embedded metric format', () => {
  it('gives each metric once for each set of dimensions', () => {
    const line = emf({ Dimensions: [['A'], ['A', 'B']], Metrics: [{ Name: 'M' }] }, { A: 1, B: 'b', M: 2 });
    expect(metricsOf(line)).toEqual([
      { kind: 'metric', namespace: 'N', name: 'M', value: 2, unit: 'None', dimensions: { A: '1' } },
      { kind: 'metric', namespace: 'N', name: 'M', value: 2, unit: 'None', dimensions: { A: '1', B: 'b' } },
    ]);
  });

  it('may hold several values, and none for a metric that it announces', () => {
    const values = metricsOf(
      emf({ Metrics: [{ Name: 'M', Unit: 'Count' }, { Name: 'Absent' }] }, { M: [1, 2] }),
    );
    expect(values.map(({ value }) => value)).toEqual([1, 2]);
    expect(values[0]!.dimensions).toEqual({});
  });

  it.each(['text', '{"message":"_aws"}', '{"_aws":{}}', '"_aws" {', emf({}, {})])(
    'is none where it is %s',
    (line) => {
      expect(metricsOf(line)).toEqual([]);
    },
  );
});

describe('the memory of a process', () => {
  it('is known by /proc, or by ps where there is none', async () => {
    expect(await residentBytes(process.pid)).toBeGreaterThan(10e6);
    expect(await residentBytes(process.pid, '/nowhere')).toBeGreaterThan(10e6);
  });

  it('is nothing once the process is gone', async () => {
    expect(await residentBytes(2 ** 30)).toBe(0);
  });

  it('is reported once when it exceeds the limit', async () => {
    const measured = [5, 15, 20];
    let exceeded = 0;
    await new Promise<void>((resolve) => {
      const watch = new MemoryWatch(
        1,
        10,
        () => void (exceeded++, resolve()),
        async () => measured.shift()!,
      );
      watch.start();
    });
    expect(exceeded).toBe(1);
    expect(measured).toEqual([20]);
  });
});
