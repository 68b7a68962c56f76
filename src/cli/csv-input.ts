import { existsSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import type { Readable } from 'node:stream';
import type { CsvCommand } from './command-line';
import { ProgressBar } from './progress-bar';
import type { Surroundings } from './surroundings';
import { UsageError } from './usage-error';
import { WatchedFile } from './watched-file';
import type { CsvSource } from '../engine/stream/csv-source';
import { DETECTED_PROPERTIES, type DialectSpec } from '../spec/dialect-spec';

/** A CSV that is read with a progress bar, until it ends or the command is interrupted. */
export class CsvInput {
  /** What people call it. */
  readonly name: string;
  readonly source: CsvSource;
  interrupted = false;
  private readonly bar?: ProgressBar;
  private stream?: Readable;

  /** @throws UsageError where there is no such file */
  constructor(
    { file }: Pick<CsvCommand, 'file'>,
    { directory, input, error, terminal, interrupted }: Surroundings,
  ) {
    const isFile = file !== '-';
    const place = path.resolve(directory, file);
    if (isFile && !existsSync(place)) throw new UsageError(`there is no file ${place}`);
    if (isFile && statSync(place).isDirectory()) throw new UsageError(`${place} is a folder`);
    this.name = isFile ? path.basename(file) : 'standard input';
    const watched = { onRead: (bytes: number) => this.advance(bytes), onClose: () => this.bar?.end() };
    this.source = isFile ? new WatchedFile(place, watched) : this.piecesOf(input);
    if (terminal) this.bar = new ProgressBar(error, isFile ? statSync(place).size : undefined);
    void interrupted.then(() => {
      this.interrupted = true;
      this.stream?.destroy();
    });
  }

  private async *piecesOf(input: () => Readable): AsyncGenerator<Uint8Array> {
    this.stream = input();
    try {
      for await (const chunk of this.stream as AsyncIterable<Uint8Array>) {
        this.advance(chunk.length);
        yield chunk;
      }
    } finally {
      this.bar?.end();
    }
  }

  private advance(bytes: number): void {
    if (this.interrupted) throw new Error('interrupted');
    this.bar?.advance(bytes);
  }
}

/** How the CSV is written, as the options say. @throws UsageError */
export function dialectOf(command: CsvCommand, directory: string): Partial<DialectSpec> {
  const { dialect, delimiter, header, detect } = command;
  const fromFile = dialect === undefined ? {} : (readJson(dialect, directory) as Partial<DialectSpec>);
  const said = { ...fromFile, ...(delimiter !== undefined && { delimiter }), ...(!header && { header }) };
  const unsaid = DETECTED_PROPERTIES.filter((name) => !(name in said));
  return detect && unsaid.length > 0 ? { ...said, detect: unsaid } : said;
}

/** Reads a JSON object from a file. @throws UsageError */
export function readJson(file: string, directory: string): object {
  const place = path.resolve(directory, file);
  if (!existsSync(place)) throw new UsageError(`there is no file ${place}`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(place, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${(error as Error).message}`);
  }
  if (typeof json !== 'object' || json === null) throw new UsageError(`${file} is no JSON object`);
  return json;
}
