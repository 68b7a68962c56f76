import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { InitCommand } from './command-line';
import { CsvInput } from './csv-input';
import { EXIT } from './exit-codes';
import { inferFrom } from './infer-command';
import { appFiles } from './init/app-files';
import { runCommand } from './init/commands';
import { LANGUAGES } from './init/languages';
import { SAMPLE, SAMPLE_SCHEMA } from './init/sample';
import { subjectOf } from './init/subject';
import { type AppSubject, json } from './init/template';
import { packageManifest } from './package-manifest';
import type { Surroundings } from './surroundings';
import { UsageError } from './usage-error';
import { DEFAULT_DIALECT, DETECTED_PROPERTIES } from '../spec/dialect-spec';

/**
 * Does `serverless-csv-etl init`: writes an app beside a CSV, with the schema that is found in it. Nothing is written where
 * a file of the app is there already.
 *
 * @returns the exit code @throws UsageError
 */
export async function initApp(command: InitCommand, around: Surroundings): Promise<number> {
  const language = LANGUAGES[command.language];
  const data = await dataOf(command.file, around);
  if (!data) return EXIT.interrupted;
  const { subject } = data;
  const files = { ...data.files, ...appFiles(language, subject, versions()) };
  writeNew(around.directory, files);

  const names = Object.keys(files).sort();
  const next = [...language.install, runCommand(subject)];
  if (command.json) {
    around.out(json({ language: command.language, files: names, next }));
  } else {
    const list = (texts: readonly string[]) => texts.map((text) => `  ${text}\n`).join('');
    around.out(`A pipeline for ${subject.csv}, in ${language.title}:\n${list(names)}\nNext:\n${list(next)}`);
  }
  return EXIT.succeeded;
}

/** The CSV that the app is for, and the files that go with it: those of a sample where there is none. Undefined: interrupted. */
async function dataOf(
  file: string | undefined,
  around: Surroundings,
): Promise<{ subject: AppSubject; files: Record<string, string> } | undefined> {
  if (file === undefined) {
    const subject = { ...subjectOf(SAMPLE.file), detect: false };
    return { subject, files: { [SAMPLE.file]: SAMPLE.csv, [subject.schema]: SAMPLE_SCHEMA } };
  }
  const subject = subjectOf(file);
  const inferred = await inferFrom(new CsvInput({ file }, around), {
    dialect: { detect: [...DETECTED_PROPERTIES] },
  });
  if (!inferred) return undefined;
  const { schema, dialect } = inferred;
  const usual = { ...DEFAULT_DIALECT, encoding: 'utf-8' };
  const detect =
    dialect.skipLines !== undefined || DETECTED_PROPERTIES.some((name) => dialect[name] !== usual[name]);
  return { subject: { ...subject, detect }, files: { [subject.schema]: json(schema) } };
}

/** Writes all of the files, or none. @throws UsageError that names those that are there */
function writeNew(directory: string, files: Readonly<Record<string, string>>): void {
  const there = Object.keys(files).filter((name) => existsSync(path.join(directory, name)));
  if (there.length > 0) {
    throw new UsageError(
      `nothing was written, since these files are there already: ${there.sort().join(', ')}`,
    );
  }
  for (const [name, text] of Object.entries(files)) {
    const place = path.join(directory, name);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text, { flag: 'wx' });
  }
}

function versions() {
  const { version, peerDependencies } = packageManifest();
  const oldest = (name: string) => peerDependencies[name]!.replace(/^\D+/, '');
  return { self: version, cdkLib: oldest('aws-cdk-lib'), constructs: oldest('constructs') };
}
