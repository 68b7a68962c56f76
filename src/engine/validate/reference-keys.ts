import { openSource, sourceReader } from './source-records';
import { PipelineError } from '../../spec/pipeline-error';
import type { FieldSpec, ForeignKeySpec } from '../../spec/table-schema';
import type { ByteSource, ValidateRun } from '../engine';
import { readLookupFile } from '../read/lookup-file';
import type { SourceBatch } from '../read/source-batch';
import { type CellType, cellType } from '../types/cell-type';
import { CellKey } from '../unique/cell-key';
import { CompositeKey } from '../unique/composite-key';
import { KeySet } from '../unique/key-set';
import type { UniqueBudget } from '../unique/unique-budget';

/** What the rows that foreign keys refer to are read with. */
export type ReferenceRun = Pick<ValidateRun, 'spec' | 'sourceKey' | 'openReference'>;

/**
 * Reads the keys of the rows that a foreign key refers to. They are read as the key's own fields read their cells, so
 * that 01 refers to 1 where both are integers. Rows that lack a part of the key, or hold no value of the field, are
 * nothing to refer to. Throws PipelineError `lookup-unreadable` and `unique-budget-exceeded`.
 */
export async function loadReference(
  run: ReferenceRun,
  spec: ForeignKeySpec,
  fields: readonly FieldSpec[],
  uniqueBudget: UniqueBudget,
): Promise<KeySet> {
  const { resource, fields: columns } = spec.reference;
  const keys = new ReferenceKeys(fields, uniqueBudget);
  const source = await open(run, resource);
  if (resource === '') {
    await readOwnRows(run, source, (find) => keys.taking(columns.map(find)));
  } else {
    await readLookupFile(`the resource ${JSON.stringify(resource)}`, source, (find) =>
      keys.taking(columns.map(find)),
    );
  }
  return keys.set;
}

async function open({ openReference }: ReferenceRun, resource: string): Promise<ByteSource> {
  if (openReference) return openReference(resource);
  throw new PipelineError(
    'lookup-unreadable',
    'the schema has a foreign key, and nothing is there to open the file with that it refers to',
  );
}

/** Reads the rows of the source itself, ahead of its validation. */
async function readOwnRows(
  { spec, sourceKey }: ReferenceRun,
  source: ByteSource,
  begin: (find: (column: string) => number) => (batch: SourceBatch, row: number) => void,
): Promise<void> {
  const reader = sourceReader(source, sourceKey, spec);
  try {
    const { header, width } = await openSource(reader, sourceKey, spec);
    const takeRow = begin((column) => ownColumn(header, column));
    reader.setColumns(width, 'drop-surplus');
    for (let batch = await reader.nextBatch(); batch; batch = await reader.nextBatch()) {
      for (let row = 0; row < batch.rows; row++) {
        const cells = batch.cellCount(row);
        // Of other rows it is not certain which cell belongs to which column.
        if (cells >= header.length && cells <= width) takeRow(batch, row);
      }
    }
  } finally {
    await reader.close();
  }
}

function ownColumn(header: readonly string[], column: string): number {
  const index = header.indexOf(column);
  if (index >= 0) return index;
  throw new PipelineError(
    'missing-label',
    `the header lacks the field "${column}", which a foreign key of the schema refers to`,
    { record: 1 },
  );
}

/** A part of a key, read as a field reads its cells. */
interface KeyPart {
  readonly type: CellType;
  readonly key: CellKey;
}

class ReferenceKeys {
  readonly set = new KeySet();
  private readonly parts: readonly KeyPart[];
  private readonly composite = new CompositeKey();

  constructor(
    fields: readonly FieldSpec[],
    private readonly uniqueBudget: UniqueBudget,
  ) {
    uniqueBudget.register(this.set);
    this.parts = fields.map((field) => {
      const type = cellType(field);
      return { type, key: new CellKey(field, type.values) };
    });
  }

  /** Takes the key in these columns of a row, where it is whole. */
  taking(columns: readonly number[]): (batch: SourceBatch, row: number) => void {
    const { parts, composite, set, uniqueBudget } = this;
    return (batch, row) => {
      composite.reset();
      for (const [index, { type, key }] of parts.entries()) {
        const { data, start, end } = batch.columns[columns[index]];
        const [from, to] = [start[row], end[row]];
        if (from === to || type.read(data, from, to) === undefined) return;
        key.take(data, from, to);
        composite.add(key.data, key.start, key.end);
      }
      // A key of one part is compared as it is.
      const { key } = parts[0];
      if (parts.length === 1) set.add(key.data, key.start, key.end);
      else set.add(composite.data, 0, composite.length);
      if (row === 0) uniqueBudget.check();
    };
  }
}
