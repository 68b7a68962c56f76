import { PREFIX } from '../../shared/layout';
import { appendColumn, requireColumn, type Columns, type OperationRule } from '../operation-rule';
import type { SpecReader } from '../spec-reader';
import type { LookupSourceSpec, LookupSpec } from './enrichment-spec';

export const LOOKUP: OperationRule<LookupSpec> = {
  read: (reader) => {
    reader.only(['type', 'source', 'on', 'columns', 'whenMissing']);
    return {
      type: 'lookup',
      source: readLookupSource(reader.object('source')),
      on: readOn(reader),
      columns: readColumns(reader),
      whenMissing: readWhenMissing(reader.object('whenMissing')),
    };
  },
  header: (spec, columns, report) => {
    for (const { column } of spec.on) requireColumn(columns, 'on', column, report);
    return spec.columns.reduce<Columns>(
      (known, { column }) => appendColumn(known, 'columns', column, report),
      columns,
    );
  },
};

/** Reads where a lookup file lies. */
export function readLookupSource(reader: SpecReader): LookupSourceSpec {
  reader.only(['type', 'key']);
  const type = reader.choice('type', ['asset', 'bucket']);
  const key = reader.filledText('key');
  if (type === 'bucket' && typeof reader.value('key') === 'string' && !isReferenceKey(key)) {
    reader.report('key', `a key under ${PREFIX.reference}`);
  }
  return { type, key };
}

function isReferenceKey(key: string): boolean {
  return key.startsWith(PREFIX.reference) && key.length > PREFIX.reference.length;
}

function readOn(reader: SpecReader): LookupSpec['on'] {
  const pairs = reader.list('on').map((pair) => {
    pair.only(['column', 'lookupColumn']);
    return { column: pair.column('column'), lookupColumn: pair.column('lookupColumn') };
  });
  if (Array.isArray(reader.value('on')) && pairs.length === 0) {
    reader.report('on', 'at least one pair of columns');
  }
  reportTwice(
    reader,
    'on',
    pairs.map((pair) => pair.lookupColumn),
  );
  return pairs;
}

function readColumns(reader: SpecReader): LookupSpec['columns'] {
  const pairs = reader.list('columns').map((pair) => {
    pair.only(['lookupColumn', 'column']);
    return { lookupColumn: pair.column('lookupColumn'), column: pair.newColumn('column') };
  });
  reportTwice(
    reader,
    'columns',
    pairs.map((pair) => pair.column),
  );
  return pairs;
}

function reportTwice(reader: SpecReader, name: string, columns: readonly string[]): void {
  const twice = columns.find((column, index) => columns.indexOf(column) < index);
  if (twice !== undefined) reader.report(name, 'a column once', twice);
}

function readWhenMissing(reader: SpecReader): LookupSpec['whenMissing'] {
  const type = reader.choice('type', ['null', 'reject', 'value']);
  reader.only(type === 'value' ? ['type', 'value'] : ['type']);
  return type === 'value' ? { type, value: reader.text('value') } : { type };
}
