import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { ENGINES } from './engines';
import { FILES } from './files';
import type { FileCounts } from './files/csv-file';
import { KEY_BYTES } from './files/keys';
import { customers } from './files/orders';
import type { EngineCase } from './options';
import { isInstalled } from './peers';
import type { Measurement } from './results';
import type { Task } from './work';

const NATIVE = ['@duckdb/node-api', 'nodejs-polars'];

interface MadeFile {
  readonly path: string;
  readonly counts: FileCounts;
}

/** Where files are made and processes started; everything of it is gone afterwards. */
export class Workshop {
  private readonly directory = mkdtempSync(join(tmpdir(), 'etl-bench-'));
  /** Bundles of the engines, beside the peers' packages, so that they are found. */
  private readonly scripts = new Map<string, string>();
  private readonly files = new Map<string, MadeFile>();
  private readonly pin = pinning();

  constructor(private readonly defaultBytes: number) {
    writeFileSync(join(this.directory, 'customers.csv'), customers());
    mkdirSync(join(__dirname, 'node_modules', '.bench'), { recursive: true });
  }

  /** What stands in the file of a case; undefined where it is made while it is read. */
  countsOf({ file, bytes }: EngineCase['benchCase']): FileCounts | undefined {
    return file === undefined ? undefined : this.file(file, bytes ?? this.defaultBytes).counts;
  }

  /** Measures one engine once, in a process of its own, from its start to its end. */
  measure({ benchCase, engine }: EngineCase): Measurement {
    const { kind, file, pipeline, bytes = this.defaultBytes } = benchCase;
    const made = file === undefined ? undefined : this.file(file, bytes);
    const task: Task = {
      kind,
      file: made?.path,
      customers: join(this.directory, 'customers.csv'),
      output: join(this.directory, 'output'),
      pipeline,
    };
    const { allCores, environment } = ENGINES[engine];
    const [command, ...args] = [...(allCores ? [] : this.pin), process.execPath, this.bundle(engine)];
    const started = process.hrtime.bigint();
    const stdout = execFileSync(command, [...args, JSON.stringify(task)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      // Node would read a machine's own certificates first, which takes longer than all else of its start.
      env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined, ...environment },
    });
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    rmSync(task.output, { force: true });
    const result = JSON.parse(stdout) as Omit<Measurement, 'seconds' | 'bytes'>;
    return { ...result, seconds, bytes: made ? statSync(made.path).size : result.rowsRead! * KEY_BYTES };
  }

  close(): void {
    rmSync(this.directory, { recursive: true });
    for (const script of this.scripts.values()) rmSync(script);
  }

  private file(name: string, bytes: number): MadeFile {
    const key = `${name}-${bytes}`;
    let made = this.files.get(key);
    if (!made) {
      const path = join(this.directory, `${key}.csv`);
      made = { path, counts: writeFile(path, FILES[name](bytes)) };
      this.files.set(key, made);
    }
    return made;
  }

  /**
   * An engine as the functions run ours: bundled and minified, nothing of the others in it. Native packages stay out,
   * and those that could not be installed.
   */
  private bundle(engine: string): string {
    let script = this.scripts.get(engine);
    if (!script) {
      script = join(__dirname, 'node_modules', '.bench', `${engine}-${process.pid}.js`);
      this.scripts.set(engine, script);
      const { file, name, packages = [] } = ENGINES[engine];
      buildSync({
        stdin: {
          contents: `import { ${name} } from './engines/${file}'; import { measure } from './measure'; void measure(${name});`,
          resolveDir: __dirname,
        },
        outfile: script,
        bundle: true,
        minify: true,
        mainFields: ['module', 'main'],
        platform: 'node',
        target: 'node20',
        external: packages.filter((one) => NATIVE.includes(one) || !isInstalled(one)),
      });
    }
    return script;
  }
}

function writeFile(path: string, chunks: Generator<Buffer, FileCounts>): FileCounts {
  const descriptor = openSync(path, 'w');
  let next = chunks.next();
  for (; !next.done; next = chunks.next()) writeSync(descriptor, next.value);
  closeSync(descriptor);
  return next.value;
}

/** What holds a process to one core, where the system has it: threads of the runtime would be a second one. */
function pinning(): readonly string[] {
  const works = spawnSync('taskset', ['-c', '0', 'true']).status === 0;
  return works ? ['taskset', '-c', '0'] : [];
}
