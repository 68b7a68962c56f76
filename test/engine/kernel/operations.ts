import * as fc from 'fast-check';
import type { EnrichmentSpec, TransformSpec } from '../../../src/engine';
import { ROUNDINGS } from '../../../src/spec/decimal';
import { ENRICHMENTS as ENRICHMENT_RULES } from '../../../src/spec/enrichments/enrichment-rules';
import type { OutputSpec } from '../../../src/spec/output-spec';
import { TRANSFORMS as TRANSFORM_RULES } from '../../../src/spec/transforms/transform-rules';

/** The file of all lookups: keys that cells have, and cells that need quotes. */
export const LOOKUP = `key,second,name,tier
1,a,one,A
7,b,"seven, or so",B
42,a,"he said ""x""",C
abc,b,ä,D
abcdef,a,,E
EUR,a,"line
feed",F
2024-02-29,b,leap,G
customer123@example.com,a,customer,H
123e4567-e89b-12d3-a456-426614174000,a,uuid,I
${'x'.repeat(17)},b,long,J
true,a,yes,K
`;

/** A transform or enrichment is made of some numbers, and of the columns that there are where it stands. */
type Seeds = readonly number[];
type Make<Spec> = (pick: Picker, header: string[]) => Spec;

/** Picks from lists by one number after the other. */
class Picker {
  private next = 0;

  constructor(private readonly seeds: Seeds) {}

  of<T>(list: readonly T[]): T {
    return list[this.seeds[this.next++ % this.seeds.length] % list.length];
  }

  /** Some of a list, one at least, none twice. */
  some<T>(list: readonly T[]): T[] {
    const picked = new Set([this.of(list), this.of(list), this.of(list)]);
    return [...picked];
  }
}

const TEXTS = ['', 'x', ',', 'a"b', 'ab', ' ', 'ä', '-', 'EUR', '1', 'line\n', '😀'];
const LITERALS = ['1', '0.5', '2.50', '-3', '1000000', '0.000001', '123456789012345678'];
const PATTERNS = ['%Y-%m-%d', '%d.%m.%Y', '%Y-%m-%dT%H:%M:%SZ', '%H:%M:%S', '%Y', '%Y%m%d%H%M%S'];
const SCALES = [0, 1, 2, 2, 5, 18, 20];

function newName(header: readonly string[]): string {
  return `n${header.length}`;
}

function numberText(pick: Picker, header: readonly string[], depth: number): string {
  if (depth === 0) return pick.of([true, true, false]) ? pick.of(header) : pick.of(LITERALS);
  const side = () => numberText(pick, header, depth - 1);
  const shape = pick.of(['+', '-', '*', '*', '+', 'negate', 'round', 'div', 'abs', 'leaf']);
  switch (shape) {
    case 'negate':
      return `-(${side()})`;
    case 'round':
      return `round(${side()}, ${pick.of(SCALES)})`;
    case 'div':
      return `div(${side()}, ${side()}, ${pick.of(SCALES)}, '${pick.of(ROUNDINGS)}')`;
    case 'abs':
      return `abs(${side()})`;
    case 'leaf':
      return numberText(pick, header, 0);
    default:
      return `(${side()} ${shape} ${side()})`;
  }
}

function conditionText(pick: Picker, header: readonly string[], depth: number): string {
  const operator = pick.of(['==', '!=', '<', '<=', '>', '>=']);
  const side = () => conditionText(pick, header, depth - 1);
  switch (depth === 0 ? pick.of([0, 1, 2, 3, 4]) : pick.of([0, 1, 5, 6, 7])) {
    case 0:
      return `${numberText(pick, header, 1)} ${operator} ${pick.of(LITERALS)}`;
    case 1:
      return `${pick.of(header)} ${pick.of(['==', '!=', '<'])} '${pick.of(['abc', 'EUR', '1', 'ä', ''])}'`;
    case 2:
      return `isNull(${pick.of(header)})`;
    case 3:
      return `'abc' ${operator} ${pick.of(header)}`;
    case 4:
      return `${pick.of(header)} ${operator} ${pick.of(header)}`;
    case 5:
      return `!(${side()})`;
    case 6:
      return `(${side()}) && (${side()})`;
    default:
      return `(${side()}) || (${side()})`;
  }
}

const TRANSFORMS: ReadonlyArray<Make<TransformSpec>> = [
  (pick, header) => ({ type: 'trim', columns: pick.some(header) }),
  (pick, header) => ({ type: 'rename', column: pick.of(header), to: newName(header) }),
  (pick, header) => ({ type: 'drop', columns: header.length > 1 ? [pick.of(header)] : [] }),
  (pick, header) => ({ type: 'keep', columns: pick.some(header) }),
  (pick, header) => ({ type: 'fill-missing', column: pick.of(header), value: pick.of(TEXTS) }),
  (pick, header) => ({
    type: 'replace',
    column: pick.of(header),
    search: pick.of(['a', 'b', '1', '-', 'ab', ',', 'ä', '"', 'xx', '$', '😀']),
    replacement: pick.of([...TEXTS, '$&']),
    pattern: pick.of([false, false, false, true]),
  }),
  (pick, header) => ({
    type: 'change-case',
    column: pick.of(header),
    to: pick.of(['upper', 'lower', 'title']),
  }),
  (pick, header) => ({
    type: 'cast',
    column: pick.of(header),
    to: pick.of(['string', 'integer', 'number', 'boolean', 'date', 'datetime']),
    ...pick.of<object>([{}, {}, {}, { bareNumber: false }, { inputFormat: pick.of(PATTERNS) }]),
  }),
  (pick, header) => ({
    type: 'format-date',
    column: pick.of(header),
    inputFormat: pick.of(PATTERNS),
    outputFormat: pick.of([...PATTERNS, '%d %b %Y', '%d,%m', 'year %Y', '%d/%m/%Y %H:%M']),
  }),
  (pick, header) => ({
    type: 'derive',
    column: pick.of([newName(header), pick.of(header)]),
    expression: numberText(pick, header, 2),
    ...pick.of<object>([
      {},
      { scale: pick.of(SCALES) },
      { scale: pick.of(SCALES), rounding: pick.of(ROUNDINGS) },
    ]),
  }),
  (pick, header) => ({
    type: 'derive',
    column: newName(header),
    expression: `${pick.of(header)} / ${pick.of([...LITERALS, pick.of(header)])}`,
    scale: pick.of(SCALES),
  }),
  (pick, header) => ({ type: 'derive', column: newName(header), expression: pick.of(header) }),
  (pick, header) => ({ type: 'filter', expression: conditionText(pick, header, pick.of([0, 0, 1])) }),
  (pick, header) => ({
    type: 'split',
    column: pick.of(header),
    separator: pick.of(['-', ',', 'a', '"', '', 'xx', ' ']),
    into: [`${newName(header)}a`, `${newName(header)}b`].slice(pick.of([0, 0, 1])),
    extra: pick.of(['merge', 'drop', 'reject']),
  }),
  (pick, header) => ({
    type: 'concatenate',
    column: pick.of([newName(header), pick.of(header)]),
    columns: pick.some(header),
    separator: pick.of(TEXTS),
  }),
  (pick, header) => ({
    type: 'map-values',
    column: pick.of(header),
    values: [
      { from: 'EUR', to: 'euro' },
      { from: '1', to: 'one, or so' },
      { from: 'abc', to: '' },
      { from: 'x'.repeat(17), to: 'long' },
    ],
    otherwise: pick.of([{ type: 'keep' }, { type: 'reject' }, { type: 'value', value: 'other"' }] as const),
  }),
  (pick, header) => ({
    type: 'mask',
    column: pick.of(header),
    keepFirst: pick.of([0, 1, 3]),
    keepLast: pick.of([0, 2, 40]),
    character: pick.of(['*', '•', '"']),
  }),
  (pick, header) => ({
    type: 'round',
    column: pick.of(header),
    scale: pick.of(SCALES),
    rounding: pick.of(ROUNDINGS),
  }),
  (pick, header) => ({
    type: 'convert-time-zone',
    column: pick.of(header),
    source: 'UTC',
    target: 'Europe/Berlin',
    disambiguation: 'compatible',
  }),
  (pick, header) => ({ type: 'de-duplicate', columns: pick.some(header), keep: 'first' }),
];

const ENRICHMENTS: ReadonlyArray<Make<EnrichmentSpec>> = [
  (pick, header) => {
    const keys = ['key', 'second'].slice(0, pick.of([1, 1, 1, 2]));
    return {
      type: 'lookup',
      source: { type: 'asset', key: 'lookup.csv' },
      on: keys.map((lookupColumn) => ({ column: pick.of(header), lookupColumn })),
      columns: pick.some(['name', 'tier', 'key']).map((lookupColumn) => ({
        lookupColumn,
        column: `${newName(header)}${lookupColumn}`,
      })),
      whenMissing: pick.of([{ type: 'null' }, { type: 'reject' }, { type: 'value', value: 'a,b' }] as const),
    };
  },
  (pick, header) => ({ type: 'constant', column: newName(header), value: pick.of(TEXTS) }),
  () => ({ type: 'lineage' }),
];

/** How what is left is written. None of these fails, since which of two faults of a file is met first depends on batches. */
const OUTPUTS: ReadonlyArray<OutputSpec | undefined> = [
  ...Array<undefined>(6).fill(undefined),
  { type: 'csv', quoting: 'all', neutralizeFormulas: false },
  { type: 'csv', quoting: 'minimal', neutralizeFormulas: true },
];

/** What comes behind the checks of a pipeline. */
export interface Operations {
  readonly transforms: readonly TransformSpec[];
  readonly enrichments: readonly EnrichmentSpec[];
  readonly output?: OutputSpec;
}

const seeds = fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 });

/** Makes operations for a header. Which columns one leaves for the next is told by its own rule. */
export const operations: fc.Arbitrary<(header: readonly string[]) => Operations> = fc
  .record({
    transforms: fc.array(fc.tuple(fc.nat(TRANSFORMS.length - 1), seeds), { maxLength: 5 }),
    enrichments: fc.array(fc.tuple(fc.nat(ENRICHMENTS.length - 1), seeds), { maxLength: 3 }),
    output: fc.constantFrom(...OUTPUTS),
  })
  .map((parts) => (header) => {
    let columns: readonly string[] = header;
    const transforms = parts.transforms.map(([kind, numbers]) => {
      const spec = TRANSFORMS[kind](new Picker(numbers), [...columns]);
      columns = headerAfterTransform(spec, columns);
      return spec;
    });
    const enrichments: EnrichmentSpec[] = [];
    for (const [kind, numbers] of parts.enrichments) {
      const spec = ENRICHMENTS[kind](new Picker(numbers), [...columns]);
      if (spec.type === 'lineage' && enrichments.some(({ type }) => type === 'lineage')) continue;
      enrichments.push(spec);
      columns = headerAfterEnrichment(spec, columns);
    }
    return { transforms, enrichments, ...(parts.output && { output: parts.output }) };
  });

function headerAfterTransform<T extends TransformSpec['type']>(
  spec: Extract<TransformSpec, { type: T }>,
  columns: readonly string[],
): readonly string[] {
  return TRANSFORM_RULES[spec.type as T].header(spec, columns, () => {})!;
}

function headerAfterEnrichment<T extends EnrichmentSpec['type']>(
  spec: Extract<EnrichmentSpec, { type: T }>,
  columns: readonly string[],
): readonly string[] {
  return ENRICHMENT_RULES[spec.type as T].header(spec, columns, () => {})!;
}
