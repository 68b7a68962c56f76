import { writeSync } from 'node:fs';
import type { Engine, Task } from './work';

/** Does one measurement in a process of its own, so that nothing is warm but the file; prints it as JSON. */
export async function measure(run: Engine): Promise<void> {
  const result = await run(JSON.parse(process.argv[2]) as Task);
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  // Not by a stream, which takes longer to load than the smallest files to check.
  writeSync(1, `${JSON.stringify({ ...result, cpuSeconds, peakRssMb: maxRSS / 1024 })}\n`);
}
