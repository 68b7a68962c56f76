import { parseArgs } from 'node:util';
import { type BenchCase, SUITES } from './cases';
import { ENGINES } from './engines';

export interface Options {
  readonly bytes: number;
  readonly runs: number;
  readonly only: string;
  readonly json: boolean;
  readonly suites: readonly string[];
}

/** Reads the arguments. Throws an Error that says what is wrong with them. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      size: { type: 'string', default: '100MB' },
      runs: { type: 'string', default: '3' },
      only: { type: 'string', default: '' },
      suite: { type: 'string', default: 'table' },
      json: { type: 'boolean', default: false },
    },
  });
  const { size, runs, only, suite, json } = values;
  if (!/^[1-9][0-9]*$/.test(runs)) throw new Error(`--runs is ${runs}, expected a number such as 5`);
  const suites = suite === 'all' ? Object.keys(SUITES) : [suite];
  if (!suites.every((name) => Object.hasOwn(SUITES, name))) {
    throw new Error(`--suite is ${suite}, expected ${Object.keys(SUITES).join(', ')} or all`);
  }
  return { bytes: bytesOf(size), runs: Number(runs), only, json, suites };
}

function bytesOf(size: string): number {
  const match = /^([1-9][0-9]*)(MB|GB)$/.exec(size);
  if (!match) throw new Error(`--size is ${size}, expected a size such as 300MB or 1GB`);
  return Number(match[1]) * (match[2] === 'GB' ? 1e9 : 1e6);
}

export interface EngineCase {
  readonly benchCase: BenchCase;
  readonly engine: string;
}

/** What is to be measured: every case by every engine that can do it, if `only` is a part of the name of one of both. */
export function selectCases({ suites, only }: Pick<Options, 'suites' | 'only'>): EngineCase[] {
  return suites
    .flatMap((suite) => SUITES[suite])
    .flatMap((benchCase) =>
      Object.entries(ENGINES)
        .filter(
          ([, { works, anyPipeline }]) =>
            works.includes(benchCase.kind) && (anyPipeline || benchCase.pipeline === 'orders'),
        )
        .map(([engine]) => ({ benchCase, engine })),
    )
    .filter(({ benchCase, engine }) => benchCase.work.includes(only) || engine.includes(only));
}
