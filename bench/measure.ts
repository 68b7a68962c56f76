import { ENGINES } from './engines';
import type { Task } from './work';

/** Does one measurement in a process of its own, so that nothing is warm but the file; prints it as JSON. */
async function measure(engine: string, task: Task): Promise<void> {
  const run = await ENGINES[engine].load();
  const result = await run(task);
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  console.log(JSON.stringify({ ...result, cpuSeconds, peakRssMb: maxRSS / 1024 }));
}

const [engine, task] = process.argv.slice(2);
void measure(engine, JSON.parse(task) as Task);
