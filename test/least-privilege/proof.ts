import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { CALLS, STACK, type Call } from './calls';
import type { Need } from './needs';
import { rightsOf, type Resources, type Right } from './rights';
import { deniedCalls, describeDenials, type DeniedCall } from '../../src/cli/denials';
import { readAssembly } from '../../src/local/assembly';
import { synthesise } from '../e2e/assembly';
import { Pipeline } from '../e2e/pipeline';
import { startLocal } from '../e2e/target';

/** Waits between retries are of no interest here. */
const TIME_SCALE = 0.001;

const PLACES = {
  foreign: { stack: 'EtlE2eForeign-dev', pipeline: 'Foreign' },
  orders: { stack: STACK, pipeline: 'Orders' },
  privacy: { stack: 'EtlE2ePrivacy-dev', pipeline: 'Hashed' },
};

/** What came of a call, and the calls behind it that were denied. */
export interface Outcome {
  readonly became: string;
  readonly denied: readonly DeniedCall[];
  /** As `serverless-csv-etl run` shows them. */
  readonly summary: string;
}

/** Where a call is made. */
export function placeOf(call: Call): { stack: string; pipeline: string } {
  return PLACES[call.place ?? 'orders'];
}

let synthesised: string | undefined;

/** The app under test, looked for once in a test file. */
function assemblyUnderTest(): string {
  return (synthesised ??= synthesise());
}

/** The rights of a pipeline of the app under test. */
export function rights({ stack, pipeline }: { stack: string; pipeline: string }): Right[] {
  return rightsOf(
    readAssembly(assemblyUnderTest()).find(({ name }) => name === stack)!,
    pipeline,
  );
}

/** The one right of a template that a row is about. @throws Error where there is none */
export function rightOf([holder, action, on, call]: Need): Right {
  const found = rights(placeOf(CALLS[call])).filter(
    (right) => right.holder === holder && right.action === action && right.on === on,
  );
  if (found.length !== 1) throw new Error(`${found.length} rights are ${holder}: ${action} on ${on}`);
  return found[0]!;
}

/** Makes a call on a stack from whose template rights were taken away. */
export async function outcomeWithout(taken: readonly Right[], call: Call): Promise<Outcome> {
  const place = placeOf(call);
  const broken = rights(place).filter(
    ({ action, on }) => action === 'lambda:InvokeFunction' && on === call.without,
  );
  const permissions = broken.filter(({ holder }) => holder === 'events.amazonaws.com');
  const assembly = changedAssembly(place.stack, [...taken, ...permissions]);
  try {
    const target = await startLocal(assembly, place.stack, TIME_SCALE);
    let became;
    try {
      became = await call.make(new Pipeline(target, place.pipeline));
    } finally {
      // It throws the denials, which are looked at below.
      await target.stop().catch(() => undefined);
    }
    const denied = deniedCalls(target.run.journal.entries).filter(
      ({ principal, resource }) =>
        !(principal === 'events.amazonaws.com' && call.without && /:function:/.test(resource)),
    );
    return { became, denied, summary: describeDenials(denied) };
  } finally {
    fs.rmSync(assembly, { recursive: true });
  }
}

/** A copy of the assembly under test, its assets by reference. */
function changedAssembly(stack: string, taken: readonly Right[]): string {
  const from = assemblyUnderTest();
  const to = fs.mkdtempSync(path.join(tmpdir(), 'etl-least-privilege-'));
  for (const name of fs.readdirSync(from).filter((each) => !each.startsWith('asset.'))) {
    fs.copyFileSync(path.join(from, name), path.join(to, name));
  }
  change(path.join(to, `${stack}.assets.json`), ({ files }: { files: Record<string, Asset> }) => {
    for (const { source } of Object.values(files)) {
      if (source.path.startsWith('asset.')) source.path = path.join(path.relative(to, from), source.path);
    }
  });
  change(path.join(to, `${stack}.template.json`), ({ Resources }: { Resources: Resources }) => {
    taken.forEach(({ takeAway }) => takeAway(Resources));
  });
  return to;
}

type Asset = { readonly source: { path: string } };

function change<T>(file: string, edit: (document: T) => void): void {
  const document = JSON.parse(fs.readFileSync(file, 'utf8')) as T;
  edit(document);
  fs.writeFileSync(file, JSON.stringify(document));
}
