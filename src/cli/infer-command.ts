import type { InferCommand } from './command-line';
import { CsvInput, dialectOf } from './csv-input';
import { EXIT } from './exit-codes';
import type { Surroundings } from './surroundings';
import { UsageError } from './usage-error';
import type { ColumnResult } from '../engine/infer/column-profile';
import { type InferOptions, inferSchema, type InferredSchema } from '../engine/infer/infer-schema';
import { PipelineError } from '../spec/pipeline-error';

/**
 * Does `serverless-csv-etl infer`: the schema goes to standard output, what a person should know of it elsewhere.
 *
 * @returns the exit code @throws UsageError, SpecError
 */
export async function inferFile(command: InferCommand, around: Surroundings): Promise<number> {
  const inferred = await inferFrom(new CsvInput(command, around), {
    dialect: dialectOf(command, around.directory),
    rows: command.rows,
  });
  if (!inferred) return EXIT.interrupted;
  around.out(`${JSON.stringify(command.json ? inferred : inferred.schema, null, 2)}\n`);
  if (!command.json) remarks(inferred).forEach((remark) => around.error(`${remark}\n`));
  return EXIT.succeeded;
}

/** Finds the schema of a file; undefined where the command is interrupted. @throws UsageError where it is no such CSV */
export async function inferFrom(input: CsvInput, options: InferOptions): Promise<InferredSchema | undefined> {
  try {
    return await inferSchema(input.source, options);
  } catch (error) {
    if (input.interrupted) return undefined;
    if (!(error instanceof PipelineError)) throw error;
    throw new UsageError(`${input.name}: ${error.code}: ${error.message}`);
  }
}

/** What the schema does not say: how sure it is. */
function remarks({ rows, complete, raggedRows, columns }: InferredSchema): string[] {
  return [
    ...(complete ? [] : [`looked at the first ${rows} rows only: what comes after them may not be valid`]),
    ...(raggedRows > 0
      ? [`passed over ${raggedRows} of ${rows} rows, which are blank or not as wide as the header`]
      : []),
    ...columns.flatMap(remarksOn),
  ];
}

function remarksOn({ name, shape, alternatives, unique }: ColumnResult): string[] {
  return [
    ...(alternatives.length > 0
      ? [`${name}: ${shape.format} is taken, and ${alternatives.join(', ')} would fit as well`]
      : []),
    ...(unique === undefined
      ? [`${name}: whether its values are unique took too much memory to find out`]
      : []),
  ];
}
