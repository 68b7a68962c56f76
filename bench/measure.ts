import { statSync } from 'node:fs';
import { csvParseAjv } from './csv-parse-ajv';
import { oursTypescript } from './ours-typescript';
import type { Engine, Work } from './work';

const ENGINES: Readonly<Record<string, Engine>> = {
  'ours-typescript': oursTypescript,
  'csv-parse-ajv': csvParseAjv,
};

/** Does one measurement in a process of its own, so that nothing is warm but the file; prints it as JSON. */
async function measure(engine: string, work: Work, file: string): Promise<void> {
  const started = process.hrtime.bigint();
  const result = await ENGINES[engine](work, file);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const megabytes = statSync(file).size / 1e6;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  console.log(
    JSON.stringify({
      ...result,
      mbPerSecond: megabytes / seconds,
      mbPerCpuSecond: megabytes / cpuSeconds,
      peakRssMb: maxRSS / 1024,
    }),
  );
}

const [engine, work, file] = process.argv.slice(2);
void measure(engine, work as Work, file);
