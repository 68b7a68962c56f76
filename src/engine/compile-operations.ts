import type { BatchOperation, RecordBatch } from './batch';
import type { ColumnProblem, ColumnReport, OperationRule } from '../spec/operation-rule';
import { PipelineError } from '../spec/pipeline-error';

/** Works on a batch whose columns are those of the header before the operation. */
export type ApplyToBatch = (batch: RecordBatch) => void;

/** One operation: its rule, which maps the header, and what it does to a batch. */
export interface Operation {
  /** What messages call it, as in `transforms[2] (trim)`. */
  readonly name: string;
  readonly header: (columns: readonly string[], report: ColumnReport) => readonly string[];
  readonly compile: (header: readonly string[]) => ApplyToBatch;
}

/** An operation of a spec. The rule is the one that synthesis has checked the spec with. */
export function operation<Spec>(
  name: string,
  rule: OperationRule<Spec>,
  spec: Spec,
  compile: (spec: Spec, header: readonly string[]) => ApplyToBatch,
): Operation {
  return {
    name,
    // A known header stays known.
    header: (columns, report) => rule.header(spec, columns, report)!,
    compile: (header) => compile(spec, header),
  };
}

/** Compiles operations for a header, each for what the one before it leaves. Throws PipelineError where a column does not fit. */
export function compileOperations(
  operations: readonly Operation[],
  header: readonly string[],
): BatchOperation {
  let columns = header;
  const steps = operations.map(({ name, header: headerAfter, compile }) => {
    const after = headerAfter(columns, (problem) => refuse(name, problem));
    const apply = compile(columns);
    columns = after;
    return apply;
  });
  return {
    header: columns,
    apply: (batch) => {
      for (const step of steps) step(batch);
    },
  };
}

/** The header behind an operation that is known to fit the header before it. */
export function headerBehind<Spec>(
  rule: OperationRule<Spec>,
  spec: Spec,
  header: readonly string[],
): readonly string[] {
  return rule.header(spec, header, refuse.bind(undefined, 'operation'))!;
}

const MEANING: Readonly<Record<ColumnProblem['code'], string>> = {
  'unknown-column': 'which the file does not have',
  'duplicate-label': 'which is there already',
};

function refuse(name: string, { code, property, column }: ColumnProblem): never {
  throw new PipelineError(
    code,
    `${name}.${property} names the column ${JSON.stringify(column)}, ${MEANING[code]}`,
    {
      column,
    },
  );
}
