import {
  pipelineByKernel,
  pipelineByTypeScript,
  type SeenPipeline,
  stepsByKernel,
  stepsByTypeScript,
} from './agreement';
import type { Case } from './arbitraries';
import { LOOKUP, type Operations } from './operations';
import { singleCase } from './single-case';
import { csvEngine, type EnrichmentSpec, type PipelineSpec, type TransformSpec } from '../../../src/engine';
import { CellStore } from '../../../src/engine/enrichments/cell-store';
import { KernelMemory } from '../../../src/engine/kernel/kernel-memory';
import { LookupEntries } from '../../../src/engine/kernel/plan/lookup-entries';
import { kernelPublish } from '../../../src/engine/kernel/publish';
import { kernelEnrich, kernelTransform } from '../../../src/engine/kernel/steps';
import { newKernel } from '../../../src/engine/kernel/wasm';
import { KeyTable } from '../../../src/engine/unique/key-table';
import { bytes, field, MemorySink, pipeline, schema } from '../in-memory';

const table = schema(
  [field('id', { type: 'integer' }), field('name'), field('price', { type: 'number' }), field('day')],
  {
    primaryKey: ['id'],
  },
);

const FILE =
  'id,name,price,day\n1, a ,1.50,2024-01-31\n2,"b ""x""",2,2024-02-29\n2,c,3,\n3,"d,\n e",-0.005,2024-02-30\n4,,,\n"5",ä,1e3,2024-12-31\nx,f,1,\n6,g\n';

function caseOf(parts: Partial<Operations>, more: Partial<Case> = {}): Case {
  return singleCase(FILE, { spec: pipeline({ schema: table, ...parts }), ...more });
}

async function agree(one: Case): Promise<SeenPipeline> {
  const kernel = await pipelineByKernel(one);
  expect(kernel).toEqual(await pipelineByTypeScript(one));
  expect(await stepsByKernel(one)).toEqual(await stepsByTypeScript(one));
  return kernel;
}

describe('rows that are told apart', () => {
  const once = (...columns: string[]): TransformSpec => ({ type: 'de-duplicate', columns, keep: 'first' });
  const rows = (...lines: string[]) => Buffer.from(['id,name,price,day', ...lines, ''].join('\n'));
  const untyped = { schema: undefined };

  it.each<[string, TransformSpec[], string[], string[]]>([
    ['the first stays', [once('id')], ['1,a,,', '2,b,,', '1,c,,'], ['1,a,,', '2,b,,']],
    [
      'all columns count where none is named',
      [{ type: 'de-duplicate', keep: 'first' }],
      ['1,a,,', '1,b,,', '1,a,,'],
      ['1,a,,', '1,b,,'],
    ],
    [
      'one that is written oddly is the first, or not',
      [once('name')],
      ['1,"b"x,,', '2,bx,,', '3,c,,', '4,"c",,', '5,"c"" ",,', '6,"c"" ",,'],
      ['1,bx,,', '3,c,,', '5,"c"" ",,'],
    ],
    [
      'one that is filtered before is none',
      [{ type: 'filter', expression: 'price > 1' }, once('id')],
      ['1,a,1,', '1,b,2,', '1,c,3,'],
      ['1,b,2,'],
    ],
    [
      'one that is filtered behind is one all the same',
      [once('id'), { type: 'filter', expression: 'price > 1' }],
      ['1,a,1,', '1,b,2,', '2,c,3,'],
      ['2,c,3,'],
    ],
    [
      'one that is rejected behind is one as well, and its like is filtered, not rejected',
      [once('id'), { type: 'cast', column: 'price', to: 'integer' }],
      ['1,a,x,', '1,b,2,', '1,c,y,', '2,d,3,'],
      ['2,d,3,'],
    ],
    [
      'what operations make of them counts',
      [
        { type: 'change-case', column: 'name', to: 'upper' },
        once('name'),
        { type: 'trim', columns: ['day'] },
      ],
      ['1,a,, x', '2,A,,', '3,ä,,', '4,Ä,, y', '5,b,,'],
      ['1,A,,x', '3,Ä,,', '5,B,,'],
    ],
    [
      'twice',
      [once('id'), once('name')],
      ['1,a,,', '1,b,,', '2,b,,', '3,a,,', '3,c,,', '4,c,,'],
      ['1,a,,', '2,b,,', '4,c,,'],
    ],
  ])('%s', async (_what, transforms, lines, left) => {
    for (const windowBytes of [20, 50, 262_144]) {
      const { output } = await agree(
        caseOf({ ...untyped, transforms }, { file: rows(...lines), windowBytes }),
      );
      expect(output.split('\n').slice(1, -1)).toEqual(left);
    }
  });

  it('are those alone that their checks have left', async () => {
    const seen = await agree(caseOf({ transforms: [once('name')] }));
    expect(seen.summary?.counts).toMatchObject({ rowsWritten: 5, rowsFiltered: 0 });
    const file = rows('1,a,,', '1,b,,', '2,b,,', 'x,c,,', '3,c,,', '4,c,,2024-01-01');
    expect((await agree(caseOf({ transforms: [once('name')] }, { file }))).output).toBe(
      'id,name,price,day\n1,a,,\n2,b,,\n3,c,,\n',
    );
  });

  it('have a budget', async () => {
    const file = rows(...Array.from({ length: 30_000 }, (_, row) => `${row},${'n'.repeat(40)}${row},,`));
    const limits = { maxRecordBytes: 1e6, uniqueBudgetBytes: 1024 * 1024 };
    const one = caseOf({ transforms: [once('name')] }, { file });
    const spec = { ...one.spec, schema: undefined, limits };
    expect((await pipelineByKernel({ ...one, spec })).error).toMatchObject({
      code: 'unique-budget-exceeded',
    });
    expect((await stepsByKernel({ ...one, spec }))[0].error).toMatchObject({
      code: 'unique-budget-exceeded',
    });
  });
});

const lookup = (parts: Partial<EnrichmentSpec> = {}): EnrichmentSpec =>
  ({
    type: 'lookup',
    source: { type: 'asset', key: 'lookup.csv' },
    on: [{ column: 'id', lookupColumn: 'key' }],
    columns: [
      { lookupColumn: 'name', column: 'full' },
      { lookupColumn: 'tier', column: 'tier' },
    ],
    whenMissing: { type: 'null' },
    ...parts,
  }) as EnrichmentSpec;

const TRANSFORMS: readonly TransformSpec[] = [
  { type: 'trim', columns: ['name'] },
  { type: 'filter', expression: 'price >= 0 || isNull(price)' },
  { type: 'derive', column: 'total', expression: 'price * 3 - 0.5', scale: 2 },
  { type: 'format-date', column: 'day', inputFormat: '%Y-%m-%d', outputFormat: '%d.%m.%Y' },
  { type: 'change-case', column: 'name', to: 'title' },
];
const ENRICHMENTS = [
  lookup(),
  { type: 'constant', column: 'one', value: 'a "b"' },
  { type: 'lineage' },
] as const;

it('agrees wherever the pieces and the windows of a small file end', async () => {
  for (let chunkBytes = 1; chunkBytes <= FILE.length; chunkBytes++) {
    const one = caseOf({ transforms: TRANSFORMS, enrichments: ENRICHMENTS }, { chunkBytes });
    expect(await pipelineByKernel(one)).toEqual(await pipelineByTypeScript(one));
  }
  for (let windowBytes = 4; windowBytes <= FILE.length + 1; windowBytes += 3) {
    await agree(caseOf({ transforms: TRANSFORMS, enrichments: ENRICHMENTS }, { windowBytes }));
  }
});

it('works out what it says', async () => {
  const { output, told } = await agree(caseOf({ transforms: TRANSFORMS, enrichments: [lookup()] }));
  expect(output.split('\n').slice(0, 4)).toEqual([
    'id,name,price,day,total,full,tier',
    '1,A,1.50,31.01.2024,4.00,one,A',
    '2,"B ""X""",2,29.02.2024,5.50,,',
    '4,,,,,,',
  ]);
  expect(told.map(({ row, errors }) => [row, errors[0].code])).toEqual([
    [4, 'primary-key-error'],
    [8, 'type-error'],
    [9, 'missing-cell'],
  ]);
});

it.each<[string, readonly TransformSpec[]]>([
  [
    'longer than it may be',
    [{ type: 'concatenate', column: 'all', columns: ['name', 'name'], separator: '-' }],
  ],
  [
    'more than there is room for',
    [{ type: 'replace', column: 'name', search: 'x', replacement: 'yy', pattern: false }],
  ],
  [
    'made by the host, and much',
    [{ type: 'replace', column: 'name', search: '^x', replacement: 'y'.repeat(20_000), pattern: true }],
  ],
  ['in letters', [{ type: 'change-case', column: 'name', to: 'upper' }]],
  ['hidden', [{ type: 'mask', column: 'name', keepFirst: 1, keepLast: 1, character: '*' }]],
])('leaves cells to the host that are %s', async (_, transforms) => {
  const rows = Array.from({ length: 100 }, (__, id) => `${id},${'x'.repeat(id % 3 ? 10_000 : 30_000)},1,\n`);
  await agree(caseOf({ transforms }, { file: Buffer.from(`id,name,price,day\n${rows.join('')}`) }));
});

it('leaves quoted cells, dates and numbers to the host that have no room any more', async () => {
  const rows = Array.from({ length: 500 }, (_, id) => `${id},"${'""'.repeat(1500)}",1.5,2024-01-01\n`);
  const transforms: TransformSpec[] = [
    { type: 'mask', column: 'name', keepFirst: 0, keepLast: 0, character: '+' },
  ];
  const file = Buffer.from(`id,name,price,day\n${rows.join('')}`);
  await agree(
    caseOf({ transforms: [...transforms, ...TRANSFORMS], enrichments: [{ type: 'lineage' }] }, { file }),
  );
});

it.each<[string, Partial<EnrichmentSpec>]>([
  [
    'several keys',
    {
      on: [
        { column: 'id', lookupColumn: 'key' },
        { column: 'name', lookupColumn: 'second' },
      ],
    },
  ],
  ['rows without a match rejected', { whenMissing: { type: 'reject' } }],
  ['a value where there is no match', { whenMissing: { type: 'value', value: '"none"' } }],
  ['one column', { columns: [{ lookupColumn: 'name', column: 'full' }] }],
])('looks up with %s', async (_, parts) => {
  const enrichments = [lookup(parts), { ...lookup(), columns: [{ lookupColumn: 'tier', column: 'again' }] }];
  await agree(caseOf({ enrichments: enrichments as EnrichmentSpec[] }));
  await agree(
    caseOf({
      enrichments: enrichments as EnrichmentSpec[],
      output: { type: 'csv', quoting: 'all', neutralizeFormulas: false },
    }),
  );
});

it.each([
  'price > 1 ? 2 : 3',
  '(price > 1) == true ? 1 : 2',
  '-price + +2',
  'price * 123456789012345678901',
  'price * 0.0000000000000000001',
  "coalesce(price, '1') * 2",
  'price % 2',
  "round(price, 1, 'up') + round(price, 20)",
  'div(price, 2, 3) + div(price, 3, 30)',
  'abs(price)',
  '!isNull(price)',
  '2',
  'price',
  'price * null',
  "1 + '2'",
])('works out %s as the TypeScript engine does', async (expression) => {
  await agree(caseOf({ transforms: [{ type: 'derive', column: 'new', expression }] }));
});

it.each([
  'isNull(concat(name, day))',
  'isNull(day)',
  "'d' != name && !(price > 1)",
  "name < 'c'",
  'name == day',
  'price >= 1 || id == 2',
  "contains(name, 'a')",
  '!isNull(price)',
  "upper(name) == 'C'",
  'price == null || price + id',
])('keeps the rows of %s as the TypeScript engine does', async (expression) => {
  await agree(caseOf({ transforms: [{ type: 'filter', expression }] }));
});

it.each<TransformSpec>([
  { type: 'round', column: 'price', scale: 20, rounding: 'half-up' },
  { type: 'derive', column: 'price', expression: 'price / 3', scale: 20 },
  { type: 'cast', column: 'price', to: 'number', decimalChar: ',' },
  { type: 'cast', column: 'price', to: 'string' },
  { type: 'cast', column: 'day', to: 'date', inputFormat: '%d %b %Y' },
  { type: 'cast', column: 'day', to: 'datetime', inputFormat: '%Y-%m-%d' },
  { type: 'format-date', column: 'day', inputFormat: '%Y-%m-%d', outputFormat: `%Y${'-'.repeat(40)}` },
  { type: 'replace', column: 'name', search: '\ud83d', replacement: '', pattern: false },
  { type: 'split', column: 'name', separator: '', into: ['one', 'two'], extra: 'drop' },
  { type: 'mask', column: 'name', keepFirst: 0, keepLast: 0, character: '\u2022' },
  { type: 'keep', columns: ['day', 'name'] },
])('leaves to the host what it does not know: %j', async (transform) => {
  await agree(caseOf({ transforms: [transform] }));
});

it('leaves tables to the host that are too large', () => {
  const cells = new CellStore(0);
  const keys = KeyTable.of(['a']);
  const memory = new KernelMemory(newKernel()!);
  expect(LookupEntries.of(memory, { keys, cells }, 0)).toBeDefined();
  expect(LookupEntries.of(memory, { keys, cells }, 0, undefined, 1000)).toBeUndefined();
});

it.each<[string, Partial<Operations>]>([
  ['as they are', {}],
  ['trimmed', { transforms: [{ type: 'trim', columns: ['name'] }] }],
  [
    'trimmed, and others changed',
    {
      transforms: [
        { type: 'trim', columns: ['name', 'day'] },
        { type: 'change-case', column: 'day', to: 'upper' },
      ],
    },
  ],
  ['without some between them', { transforms: [{ type: 'drop', columns: ['price'] }] }],
  [
    'between constants',
    {
      transforms: [{ type: 'keep', columns: ['price', 'name'] }],
      enrichments: [
        { type: 'constant', column: 'short', value: 'a,b' },
        { type: 'constant', column: 'long', value: 'longer than a vector has bytes' },
        { type: 'constant', column: 'empty', value: '' },
      ],
    },
  ],
  [
    'with nothing but constants',
    {
      transforms: [{ type: 'drop', columns: ['id', 'name', 'price', 'day'] }],
      enrichments: [{ type: 'constant', column: 'only', value: '' }],
    },
  ],
  ['and none of them', { transforms: [{ type: 'drop', columns: ['id', 'name', 'price', 'day'] }] }],
])('writes cells that stand in quotes with and without need, %s', async (_, operations) => {
  const rows = [
    '1,"a","2",b',
    '2," a","2"," b,"',
    '3,"a,b",2,"c"',
    '4,"a""b",2,"c\n"',
    '5,"a, ",2,c',
    '6,a,2,"c,d"',
  ];
  await agree(caseOf(operations, { file: Buffer.from(`id,name,price,day\n${rows.join('\n')}\n`) }));
});

it('has room for cells that were made before they were trimmed', async () => {
  const rows = Array.from({ length: 200 }, (_, id) => `${id},,1,\n`);
  const transforms: TransformSpec[] = [
    { type: 'fill-missing', column: 'name', value: 'x'.repeat(20_000) },
    { type: 'fill-missing', column: 'day', value: ` ${'y'.repeat(5000)} ` },
    { type: 'trim', columns: ['name', 'day'] },
  ];
  await agree(caseOf({ transforms }, { file: Buffer.from(`id,name,price,day\n${rows.join('')}`) }));
});

it('writes one column, of which missing cells stand in quotes', async () => {
  for (const columns of [['name'], ['id']]) {
    await agree(caseOf({ transforms: [{ type: 'keep', columns }] }));
  }
});

it('leaves out filtered rows, however the others are written', async () => {
  const output = { type: 'csv', quoting: 'all', neutralizeFormulas: false } as const;
  const transforms = [{ type: 'filter', expression: 'price > 1.5' }] as const;
  const { output: written } = await agree(caseOf({ transforms, output }));
  expect(written.split('\n').slice(0, 2)).toEqual([
    '"id","name","price","day"',
    '"2","b ""x""","2","2024-02-29"',
  ]);
  // The host reads the record again whose letter is not ASCII.
  const upper = { type: 'change-case', column: 'name', to: 'upper' } as const;
  const cheap = { type: 'filter', expression: 'price < 1000' } as const;
  for (const spec of [{ transforms: [upper, cheap], output }, { transforms: [upper, cheap] }]) {
    expect((await agree(caseOf(spec))).output).not.toContain('Ä');
  }
});

it.each<TransformSpec>([
  { type: 'cast', column: 'id', to: 'boolean' },
  { type: 'cast', column: 'id', to: 'boolean', trueValues: ['1', '4'], falseValues: ['2'] },
  { type: 'cast', column: 'price', to: 'number' },
  { type: 'cast', column: 'price', to: 'integer' },
  { type: 'cast', column: 'day', to: 'date' },
  { type: 'cast', column: 'day', to: 'date', inputFormat: '%Y-%m-%d' },
  { type: 'cast', column: 'day', to: 'datetime' },
  { type: 'cast', column: 'day', to: 'datetime', inputFormat: '%Y-%m-%d' },
])('casts as the TypeScript engine does: %j', async (transform) => {
  await agree(caseOf({ transforms: [transform] }));
});

it('says which cell an output cannot hold', async () => {
  const output = { type: 'csv', quoting: 'none', neutralizeFormulas: false } as const;
  const { error } = await pipelineByKernel(caseOf({ output }));
  expect(error).toMatchObject({ code: 'output-error', position: { record: 3, column: 'name' } });
  const steps = await stepsByKernel(caseOf({ output }));
  expect(steps).toEqual(await stepsByTypeScript(caseOf({ output })));
  expect(steps[2].error).toMatchObject({ code: 'output-error' });
});

it('counts alone where nothing is to be written or told', async () => {
  const { counts } = await csvEngine.validate({
    spec: pipeline({ schema: table }),
    sourceKey: 'a',
    input: bytes(FILE),
    output: new MemorySink(),
    rejects: new MemorySink(),
  });
  expect(counts).toEqual({ rowsRead: 8, rowsWritten: 5, rowsRejected: 3, rowsFiltered: 0 });
});

describe('steps', () => {
  const STAGED =
    '_row,id,name,price,day\n2,1,a,1,\n"3",2,"b""",2,\n"4",3,c"d,x,2024-01-01\n5,4,e,1,2024-01-01';
  const spec: PipelineSpec = pipeline({ transforms: TRANSFORMS, enrichments: ENRICHMENTS });
  const sinks = () => ({ output: new MemorySink(), rejects: new MemorySink() });

  it('run in the TypeScript engine on machines without the kernel, and do the same', async () => {
    const lineage = { sourceKey: 'a', sourceVersion: '1', jobId: 'j', specSha256: 's' };
    const openLookup = async () => bytes(LOOKUP);
    const seen = await Promise.all(
      [undefined, { kernel: undefined }].map(async (how) => {
        const [first, second, third] = [sinks(), sinks(), sinks()];
        await kernelTransform({ spec, input: bytes(STAGED), ...first }, how);
        await kernelEnrich({ spec, input: bytes(first.output.text), ...second, openLookup, lineage }, how);
        const { rows } = await kernelPublish({ input: bytes(second.output.text), output: third.output }, how);
        return [first, second, third].map(({ output, rejects }) => [output.text, rejects.text, rows]);
      }),
    );
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0][2][0]).toContain('4,E,1,01.01.2024,2.50,,,"a ""b""",a,1,5,j,s');
  });

  it('read each other where rows are filtered, rejected, or written in any order', async () => {
    const rows = Array.from(
      { length: 3000 },
      (_, row) => `${3001 - row},${row},${row % 7 ? 'n' : '"n"""'},${row % 5 ? row : 'x'},`,
    );
    const { output, rejects } = sinks();
    const input = bytes(`_row,id,name,price,day\n${rows.join('\n')}\n`, 1000);
    const transforms: TransformSpec[] = [{ type: 'filter', expression: 'price > 1000' }];
    const { counts } = await kernelTransform({ spec: pipeline({ transforms }), input, output, rejects });
    expect(counts).toEqual({ rowsRead: 3000, rowsWritten: 1600, rowsRejected: 600, rowsFiltered: 800 });
    expect(rejects.text.split('\n')[1]).toMatch(/^6,price,transform-error/);
  });
});
