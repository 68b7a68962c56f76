/**
 * Measures the engine beside its peers, interleaved, each in a process of its own:
 *
 *   npm run bench -- [--size 100MB] [--runs 3] [--only WORD] [--suite table|small|special|all] [--json]
 *
 * `--only` keeps the measurements whose work or engine has the word in its name.
 */
import { ENGINES } from './engines';
import { readOptions, selectCases } from './options';
import { installPeers, isInstalled } from './peers';
import { type Measurement, resultRow, spread } from './results';
import { Workshop } from './workshop';

const options = readOptions(process.argv.slice(2));
const say = (text: string) => console.error(text);

const selected = selectCases(options);
installPeers(
  selected.flatMap(({ engine }) => ENGINES[engine].packages ?? []),
  say,
);
const cases = selected
  .filter(({ engine }) => (ENGINES[engine].packages ?? []).every(isInstalled))
  .map((one) => ({ ...one, runs: [] as Measurement[], failed: false }));
const workshop = new Workshop(options.bytes);
try {
  for (let run = 1; run <= options.runs; run++) {
    for (const one of cases) {
      if (one.failed) continue;
      try {
        const measured = workshop.measure(one);
        one.runs.push(measured);
        const speed = (measured.bytes / 1e6 / measured.seconds).toFixed(1);
        say(`run ${run}: ${one.benchCase.work}, ${one.engine}: ${speed} MB/s`);
      } catch (error) {
        one.failed = true;
        say(`${one.benchCase.work}, ${one.engine} is left out, it failed: ${(error as Error).message}`);
      }
    }
  }
  const whole = cases.filter(({ failed }) => !failed);
  const rows = whole.map(({ benchCase, engine, runs }) =>
    resultRow(benchCase, engine, ENGINES[engine], runs, workshop.countsOf(benchCase)),
  );
  if (options.json) {
    console.log(JSON.stringify({ rows }, null, 2));
  } else {
    console.table(
      rows.map(({ work, engine, mbPerSecond, peakRssMb, correct }, index) => ({
        work,
        engine,
        'MB/s': mbPerSecond.median,
        min: mbPerSecond.min,
        max: mbPerSecond.max,
        'CPU s': spread(whole[index].runs.map(({ cpuSeconds }) => cpuSeconds)).median,
        'peak RSS MB': peakRssMb,
        correct: correct ?? 'counts nothing',
      })),
    );
    for (const [engine, { note }] of Object.entries(ENGINES)) {
      if (whole.some((one) => one.engine === engine)) console.log(`${engine}: ${note}`);
    }
  }
} finally {
  workshop.close();
}
