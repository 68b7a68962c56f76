import * as path from 'node:path';
import type { ValidateCommand } from './command-line';
import { CsvInput, dialectOf, readJson } from './csv-input';
import { EXIT } from './exit-codes';
import { FIRST_REJECTS, type Reject } from './results';
import { rejectsTable } from './summary';
import type { Surroundings } from './surroundings';
import { WholeFile } from './whole-file';
import { rejectCells } from '../engine/rejects/reject-cells';
import type { CsvTarget } from '../engine/stream/csv-target';
import type { OutputParts } from '../engine/stream/define-pipeline';
import { validateCsv } from '../engine/stream/run-csv';
import type { DetectedDialect } from '../spec/dialect-spec';
import { PipelineError } from '../spec/pipeline-error';

/** What `--json` prints: names as in a job of a pipeline. */
interface Validation {
  readonly file: string;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly rowsRejected: number;
  /** False where reading stopped early. */
  readonly countsComplete: boolean;
  readonly outputFile: string | null;
  readonly rejectsFile: string | null;
  /** Rows of the rejects file, where it does not hold all that were rejected. */
  readonly rejectsKept?: number;
  /** How the file is written, with `--detect`. */
  readonly dialect?: DetectedDialect;
  readonly firstRejects: readonly Reject[];
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** Does `serverless-csv-etl validate`. @returns the exit code @throws UsageError, SpecError */
export async function validateFile(command: ValidateCommand, around: Surroundings): Promise<number> {
  const { directory } = around;
  const schema = readJson(command.schema, directory);
  const input = new CsvInput(command, around);
  const file = (name: string | undefined) =>
    name === undefined || name === '-' ? undefined : new WholeFile(path.resolve(directory, name));
  const [rejects, output] = [file(command.rejects), file(command.output)];
  const firstRejects: Reject[] = [];
  try {
    const { counts, rejectsKept, dialect } = await validateCsv(input.source, schema, {
      dialect: dialectOf(command, directory),
      format: formatOf(command),
      limits: { maxRejectsKept: command.maxRejects },
      sourceName: path.basename(command.file),
      output: command.output === '-' ? standardOutput(around) : output,
      rejects,
      onReject: ({ row, errors }) => {
        if (firstRejects.length === FIRST_REJECTS) return;
        const [, column, code, message] = rejectCells(row, errors) as [string, string, string, string];
        firstRejects.push({ row, column, code, message });
      },
    });
    const { rowsRead, rowsWritten, rowsRejected } = counts;
    const [rejectsFile, outputFile] = [committed(rejects), committed(output)];
    tell(
      {
        file: input.name,
        rowsRead,
        rowsWritten,
        rowsRejected,
        countsComplete: true,
        outputFile,
        rejectsFile,
        ...(rejectsKept !== undefined && { rejectsKept }),
        ...(dialect && { dialect }),
        firstRejects,
      },
      command,
      around,
    );
    return rowsRejected === 0 ? EXIT.succeeded : EXIT.rowsRejected;
  } catch (error) {
    rejects?.discard();
    output?.discard();
    if (input.interrupted) return EXIT.interrupted;
    if (!(error instanceof PipelineError)) throw error;
    const { code: errorCode, message: errorMessage, rowsRead = 0 } = error;
    const stopped = { rowsRead, rowsWritten: 0, rowsRejected: 0, countsComplete: false };
    const files = { outputFile: null, rejectsFile: null, firstRejects };
    tell({ file: input.name, ...stopped, ...files, errorCode, errorMessage }, command, around);
    return EXIT.usage;
  }
}

function standardOutput({ out }: Surroundings): CsvTarget {
  return { write: (chunk: Uint8Array) => out(chunk) };
}

/** What it leaves out, and what is no format, is for the check of the pipeline to see. */
function formatOf({ format = 'csv', quoting }: ValidateCommand): OutputParts {
  return { type: format, ...(quoting !== undefined && { quoting }) } as OutputParts;
}

function committed(file: WholeFile | undefined): string | null {
  return file?.commit() ? file.file : null;
}

function tell(validation: Validation, command: ValidateCommand, { out, error }: Surroundings): void {
  if (command.json) out(`${JSON.stringify(validation, null, 2)}\n`);
  else (command.output === '-' ? error : out)(`${describe(validation)}\n`);
}

function describe(validation: Validation): string {
  const { file, rowsRead, rowsRejected, errorCode, errorMessage, rejectsFile, rejectsKept, outputFile } =
    validation;
  if (errorCode !== undefined) {
    return `${file}: ${errorCode}: ${errorMessage}\n  ${rowsRead} rows were read before (reading stopped early)`;
  }
  const lines = [
    rowsRejected === 0
      ? `${file}: valid, ${rowsRead} rows`
      : `${file}: ${rowsRejected} of ${rowsRead} rows rejected`,
  ];
  if (outputFile !== null) lines.push(`  output   ${outputFile}`);
  if (rejectsFile !== null) {
    const kept = rejectsKept === undefined ? '' : ` (the first ${rejectsKept} rows: the limit of those kept)`;
    lines.push(`  rejects  ${rejectsFile}${kept}`);
  }
  if (rowsRejected > 0) lines.push(rejectsTable(validation));
  return lines.join('\n');
}
