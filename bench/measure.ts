import { statSync } from 'node:fs';
import type { Engine, Work } from './work';

/** Loaded when it is measured, so that none pays for what another one loads. */
const ENGINES: Readonly<Record<string, () => Promise<Engine>>> = {
  'ours-typescript': async () => (await import('./ours-typescript.js')).oursTypescript,
  'csv-parse-ajv': async () => (await import('./csv-parse-ajv.js')).csvParseAjv,
};

/** Does one measurement in a process of its own, so that nothing is warm but the file; prints it as JSON. */
async function measure(engine: string, work: Work, file: string): Promise<void> {
  const started = process.hrtime.bigint();
  const run = await ENGINES[engine]();
  const result = await run(work, file);
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
