/**
 * Compares the kernel with the TypeScript engine on files that are made up, until the time is over or there were enough:
 *
 *   npm run fuzz -- --minutes 10 [--seed 42] [--workers 2]
 *   npm run fuzz -- --files 100000 [--seed 42] [--workers 2]
 *
 * Prints how many files agreed; on the first that does not, prints it, made as small as can be, and exits with 1, also
 * when a worker process crashes. There is a worker for each core unless it says otherwise; each round of files has a seed
 * of its own, the first one's is printed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export interface Round {
  readonly seed: number;
  readonly files: number;
}

/** What a round has seen, or all of them. */
export interface Seen {
  readonly files: number;
  readonly errors: number;
  readonly rows: number;
  readonly rejected: number;
  readonly filtered: number;
  /** The file that disagreed and what both engines did with it. */
  readonly disagreement?: string;
}

/** Files of a round. */
const FILES = 100;
/** Milliseconds between two lines of progress. */
const PROGRESS = 60_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    files: { type: 'string' },
    seed: { type: 'string' },
    workers: { type: 'string' },
  },
});
const { minutes = values.files === undefined ? '1' : 'Infinity', files = 'Infinity' } = values;
const end = Date.now() + Number(minutes) * 60_000;
const most = Number(files);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const workers = Number(values.workers ?? availableParallelism());

const total = { files: 0, errors: 0, rows: 0, rejected: 0, filtered: 0 };
let handedOut = 0;
let rounds = 0;

function nextRound(): Round | undefined {
  if (Date.now() >= end || handedOut >= most) return undefined;
  const round = { seed: seed + rounds++, files: Math.min(FILES, most - handedOut) };
  handedOut += round.files;
  return round;
}

/** Gives rounds to a worker until there are no more. */
async function work(worker: ChildProcess): Promise<void> {
  for (let round = nextRound(); round; round = nextRound()) {
    worker.send(round);
    const seen = await answerTo(round, worker);
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += seen[key];
    if (seen.disagreement !== undefined) throw new Error(`${seen.disagreement}\nseed ${round.seed}`);
  }
}

async function answerTo({ seed: ofRound }: Round, worker: ChildProcess): Promise<Seen> {
  const answered = new AbortController();
  const { signal } = answered;
  const crash = once(worker, 'exit', { signal }).then(([code, killedBy]) => {
    throw new Error(`A worker ended with ${code ?? killedBy}\nseed ${ofRound}`);
  });
  try {
    const [seen] = await Promise.race([once(worker, 'message', { signal }), crash]);
    return seen;
  } finally {
    answered.abort();
  }
}

async function fuzz(): Promise<void> {
  const started = Array.from({ length: workers }, () => fork(join(__dirname, 'fuzz-worker.ts')));
  const progress = setInterval(() => console.error(total), PROGRESS);
  try {
    await Promise.all(started.map(work));
    console.log({ seed, ...total });
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    clearInterval(progress);
    for (const worker of started) worker.kill();
  }
}

void fuzz();
