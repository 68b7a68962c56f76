import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { bytes, JOB_ID, MemorySink, NO_KERNEL } from '../in-memory';
import {
  csvEngine,
  definePipeline,
  type DialectSpec,
  PipelineError,
  readCsv,
  type RejectedRow,
  runCsv,
  SpecError,
  validateCsv,
} from 'serverless-csv-etl/engine';

const SCHEMA = {
  fields: [
    { name: 'id', type: 'integer', constraints: { unique: true } },
    { name: 'name', type: 'string', constraints: { required: true } },
    { name: 'price', type: 'number', constraints: { minimum: 0 } },
  ],
  missingValues: ['', 'NA'],
};
const CSV = 'id,name,price\n1,Ada,1.5\nx,NA,-1\n2,"a ""b""",NA\n2,Eve,2\n3,Bob\n\n4,Lee,4,5\n';

describe('validateCsv', () => {
  it('writes valid rows, rejects the others with their cells as they were, and counts both', async () => {
    const output = new MemorySink();
    const rejects = new MemorySink();
    const seen: RejectedRow[] = [];
    const summary = await validateCsv(CSV, SCHEMA, {
      output,
      rejects,
      onReject: (one) => void seen.push(one),
    });
    expect(summary).toEqual({
      counts: { rowsRead: 7, rowsWritten: 2, rowsRejected: 5, rowsFiltered: 0 },
      header: ['id', 'name', 'price'],
    });
    expect(output.text).toBe('id,name,price\n1,Ada,1.5\n2,"a ""b""",\n');
    expect(rejects.text).toBe(
      [
        'id,name,price,_row,_column,_code,_message',
        'x,NA,-1,3,id,type-error,id: type-error: expected an integer;' +
          ' name: constraint-error: a value is required; price: constraint-error: must be at least 0',
        '2,Eve,2,5,id,unique-error,id: unique-error: the value stands in an earlier row',
        '3,Bob,,6,price,missing-cell,"price: missing-cell: the record has 2 cells, the header has 3"',
        ',,,7,,blank-row,blank-row: the record has no values',
        '4,Lee,4,8,,extra-cell,"extra-cell: the record has 4 cells, the header has 3",5',
        '',
      ].join('\n'),
    );
    expect(seen.map(({ row }) => row)).toEqual([3, 5, 6, 7, 8]);
    expect(seen[0].cells).toEqual(['x', 'NA', '-1']);
    expect(seen[0].errors.map(({ column, code }) => [column, code])).toEqual([
      ['id', 'type-error'],
      ['name', 'constraint-error'],
      ['price', 'constraint-error'],
    ]);
    expect(seen[4].cells).toEqual(['4', 'Lee', '4', '5']);
  });

  it('takes streams, pieces and texts, in any dialect', async () => {
    const sources = [
      Buffer.from(CSV),
      CSV.split(''),
      Readable.from([CSV]),
      Readable.from(Buffer.from(CSV), { objectMode: false }).setEncoding('utf8'),
      bytes(CSV, 3),
    ];
    for (const source of sources) {
      expect((await validateCsv(source, SCHEMA)).counts.rowsWritten).toBe(2);
    }
    const { counts } = await validateCsv(CSV.replaceAll(',', ';'), SCHEMA, { dialect: { delimiter: ';' } });
    expect(counts.rowsWritten).toBe(2);
  });

  it('leaves the rejects untouched where no row is rejected', async () => {
    const rejects = new MemorySink();
    await validateCsv('id,name,price\n1,Ada,1\n', SCHEMA, { rejects });
    expect(rejects.chunks).toEqual([]);
  });

  it.each<[string, Partial<DialectSpec>]>([
    ['the kernel', {}],
    ['the TypeScript engine', NO_KERNEL],
  ])('waits for what a reject is handed to by %s', async (_, dialect) => {
    const order: string[] = [];
    await runCsv(CSV, definePipeline({ schema: SCHEMA, dialect }), {
      onReject: async ({ row }) => {
        order.push(`begin ${row}`);
        await new Promise(setImmediate);
        order.push(`end ${row}`);
      },
    });
    expect(order.slice(0, 4)).toEqual(['begin 3', 'end 3', 'begin 5', 'end 5']);
  });

  it('takes a rejects file in again, by its name', async () => {
    const rejects = new MemorySink();
    await validateCsv(CSV, SCHEMA, { rejects });
    const sourceName = `orders.${JOB_ID}.rejects.csv`;
    const again = new MemorySink();
    const { counts, header } = await validateCsv(rejects.text.replace('Eve', 'Eva'), SCHEMA, {
      sourceName,
      output: again,
    });
    expect(header).toEqual(['id', 'name', 'price']);
    expect(counts).toMatchObject({ rowsRead: 5, rowsWritten: 2 });
    expect(again.text).toBe('id,name,price\n2,Eva,2\n3,Bob,\n');
  });

  it('keeps rejects up to the limit, says that it stopped keeping, and tells of all of them', async () => {
    const seen: number[] = [];
    const onReject = ({ row }: RejectedRow) => void seen.push(row);
    const rejects = new MemorySink();
    const limited = await validateCsv(CSV, SCHEMA, { limits: { maxRejectsKept: 2 }, rejects, onReject });
    expect(limited).toMatchObject({ counts: { rowsRejected: 5 }, rejectsKept: 2 });
    expect(rejects.text.split('\n').map((line) => line.split(',')[0])).toEqual(['id', 'x', '2', '']);
    expect(seen).toEqual([3, 5, 6, 7, 8]);
    for (const options of [
      { limits: { maxRejectsKept: 5 }, rejects: new MemorySink() },
      { limits: { maxRejectsKept: 2 } },
    ]) {
      expect(await validateCsv(CSV, SCHEMA, options)).not.toHaveProperty('rejectsKept');
    }
  });

  it('ends with a clear error at every other limit', async () => {
    const codeOf = (limits: object, csv = CSV) =>
      validateCsv(csv, SCHEMA, { limits }).then(
        () => 'none',
        ({ code }: PipelineError) => code,
      );
    expect(await codeOf({ maxColumns: 2 })).toBe('too-many-columns');
    expect(await codeOf({ maxRows: 3 })).toBe('too-many-rows');
    expect(await codeOf({ maxFieldBytes: 5 })).toBe('none');
    expect(await codeOf({ maxFieldBytes: 4 })).toBe('field-too-large');
    expect(await codeOf({ maxRecordBytes: 1024 }, `${CSV}5,${'x'.repeat(2000)},1\n`)).toBe(
      'record-too-large',
    );
    await expect(validateCsv(CSV, SCHEMA, { limits: { maxRows: 0 } })).rejects.toThrow('limits.maxRows');
  });

  it('says how a source is written that it was to find out', async () => {
    const csv = CSV.replaceAll(',', ';');
    expect(
      await validateCsv(csv, SCHEMA, { dialect: { detect: ['delimiter', 'header', 'encoding'] } }),
    ).toEqual(
      expect.objectContaining({
        dialect: { delimiter: ';', quoteChar: '"', header: true, encoding: 'utf-8' },
      }),
    );
    expect(await validateCsv(CSV, SCHEMA)).not.toHaveProperty('dialect');
  });

  it('says what is wrong with a file as a whole, and how far it was read', async () => {
    const error = await validateCsv('id,name,price\n1,Ada,1\n2,"open', SCHEMA).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(PipelineError);
    expect(error).toMatchObject({ code: 'unclosed-quote', position: { record: 3 }, rowsRead: 1 });
  });

  it('refuses a schema with everything that is wrong with it', async () => {
    const schema = { fields: [{ name: 'a', type: 'int' }, { name: 'a' }] };
    const error = await validateCsv('', schema).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(SpecError);
    expect((error as SpecError).problems.map(({ place }) => place)).toEqual([
      'fields[0].type',
      'fields[1].name',
    ]);
  });
});

describe('runCsv', () => {
  const pipeline = definePipeline({
    schema: SCHEMA,
    transforms: [
      { type: 'filter', expression: "name != 'Eve'" },
      { type: 'derive', column: 'gross', expression: 'price * 1.19', scale: 2 },
    ],
    enrichments: [
      {
        type: 'lookup',
        source: { type: 'asset', key: 'tiers.csv' },
        on: [{ column: 'name', lookupColumn: 'who' }],
        columns: [{ lookupColumn: 'tier', column: 'tier' }],
        whenMissing: { type: 'reject' },
      },
      { type: 'constant', column: 'channel', value: 'web' },
      { type: 'lineage' },
    ],
    limits: { uniqueBudgetBytes: 2 ** 20 },
  });

  it('validates, transforms and enriches in one pass', async () => {
    const output = new MemorySink();
    const rejects = new MemorySink();
    const opened: string[] = [];
    const { counts, header } = await runCsv('id,name,price\n1,Ada,1.5\n2,Eve,NA\n3,Bob,1\n', pipeline, {
      output,
      rejects,
      openLookup: (key) => {
        opened.push(key);
        return 'who,tier\nAda,A\nEve,B\n';
      },
      lineage: { jobId: 'j' },
    });
    expect(opened).toEqual(['tiers.csv']);
    expect(counts).toEqual({ rowsRead: 3, rowsWritten: 1, rowsRejected: 1, rowsFiltered: 1 });
    expect(header.slice(0, 6)).toEqual(['id', 'name', 'price', 'gross', 'tier', 'channel']);
    expect(output.text.split('\n')[1]).toBe('1,Ada,1.5,1.78,A,web,,,2,j,');
    expect(rejects.text.split('\n')[1]).toBe(
      '3,Bob,1,4,name,lookup-error,name: lookup-error: the lookup has no row for this who',
    );
  });

  it('writes every format and quoting of a pipeline, byte for byte as publishing does', async () => {
    const transforms = [{ type: 'derive', column: 'gross', expression: 'price * 1.19', scale: 2 }] as const;
    for (const output of [
      { type: 'csv' },
      { type: 'csv', quoting: 'all' },
      { type: 'csv', neutralizeFormulas: true },
      { type: 'json-lines' },
      { type: 'parquet' },
      { type: 'parquet', compression: 'gzip', decimalScale: 2 },
    ] as const) {
      const whole = definePipeline({ schema: SCHEMA, transforms, output });
      const [direct, published] = [new MemorySink(), new MemorySink()];
      const { counts } = await runCsv(CSV, whole, { output: direct });
      expect(counts.rowsWritten).toBe(2);
      await csvEngine.publish({
        spec: whole,
        input: bytes('_row,id,name,price,gross\n2,1,Ada,1.5,1.78\n4,2,"a ""b""",,\n'),
        output: published,
      });
      expect(Buffer.concat(direct.chunks)).toEqual(Buffer.concat(published.chunks));
    }
  });

  it('writes the same Parquet, whichever dialect the source is in', async () => {
    const parquet = async (csv: string, dialect: Partial<DialectSpec>) => {
      const output = new MemorySink();
      const whole = definePipeline({ schema: SCHEMA, dialect, output: { type: 'parquet' } });
      expect((await runCsv(csv, whole, { output })).counts.rowsWritten).toBe(2);
      return Buffer.concat(output.chunks);
    };
    const escaped = CSV.replaceAll('""', '\\"');
    expect(await parquet(escaped, { escapeChar: '\\', doubleQuote: false })).toEqual(await parquet(CSV, {}));
  });

  it('ends where a cell does not fit the format', async () => {
    const unquoted = definePipeline({ schema: SCHEMA, output: { type: 'csv', quoting: 'none' } });
    await expect(runCsv(CSV, unquoted, { output: new MemorySink() })).rejects.toMatchObject({
      code: 'output-error',
      position: { record: 4, column: 'name' },
    });
    expect(() => definePipeline({ output: { type: 'csv', quoting: 'most' as 'all' } })).toThrow(
      'output.quoting: got "most", expected',
    );
  });

  it('asks for a way to open lookups', async () => {
    await expect(runCsv(CSV, pipeline)).rejects.toMatchObject({
      code: 'lookup-unreadable',
      message: 'enrichments[0] (lookup) reads tiers.csv, and there is no openLookup to open it',
    });
  });

  it('checks the structure alone without a schema', async () => {
    expect((await runCsv(CSV, definePipeline())).counts).toMatchObject({ rowsRead: 7, rowsWritten: 4 });
  });
});

describe('streams that are written to', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'run-csv-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('are ended when everything is in them', async () => {
    const [input, output] = [join(directory, 'in.csv'), join(directory, 'out.csv')];
    writeFileSync(input, CSV);
    await validateCsv(createReadStream(input), SCHEMA, { output: createWriteStream(output) });
    expect(readFileSync(output, 'utf8')).toBe('id,name,price\n1,Ada,1.5\n2,"a ""b""",\n');
  });

  it('slow the engine down where they are slow', async () => {
    const rows = 'a,b\n' + 'some text,more text\n'.repeat(40_000);
    let [waiting, most] = [0, 0];
    const output = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => {
        most = Math.max(most, (waiting += 1));
        setImmediate(() => {
          waiting--;
          done();
        });
      },
    });
    await runCsv(rows, definePipeline(), { output });
    expect(most).toBe(1);
    expect(output.writableFinished).toBe(true);
  });

  it('are let go of where the file turns out wrong', async () => {
    const [output, rejects] = [new PassThrough(), new PassThrough()];
    const broken = 'id,name,price\n"';
    await expect(validateCsv(broken, SCHEMA, { output, rejects })).rejects.toThrow(PipelineError);
    const sink = new MemorySink();
    await expect(validateCsv(broken, SCHEMA, { output: sink })).rejects.toThrow(PipelineError);
    expect([output.destroyed, rejects.destroyed]).toEqual([true, true]);
  });

  it('end the run with their own error, and the source with it', async () => {
    const output = createWriteStream(join(directory, 'absent', 'out.csv'));
    let closed = false;
    async function* endless() {
      try {
        yield 'a,b\n';
        for (;;) yield '1,2\n'.repeat(1000);
      } finally {
        closed = true;
      }
    }
    await expect(runCsv(endless(), definePipeline(), { output })).rejects.toMatchObject({ code: 'ENOENT' });
    expect(closed).toBe(true);
  });

  it('end the run where their reader goes away', async () => {
    const output = new PassThrough({ highWaterMark: 1 });
    setImmediate(() => output.destroy());
    await expect(runCsv('a\n' + '1\n'.repeat(100_000), definePipeline(), { output })).rejects.toThrow(
      'the stream was closed before all was written',
    );
  });

  it('end the run with an error that comes before the end', async () => {
    const output = new PassThrough().destroy();
    await expect(runCsv('a\n1\n', definePipeline(), { output })).rejects.toThrow(
      'the stream was closed before all was written',
    );
    const failing = new Writable({
      write: (_chunk, _encoding, done) => done(new Error('disk full')),
    });
    await expect(runCsv('a\n1\n', definePipeline(), { output: failing })).rejects.toThrow('disk full');
  });

  it('are left open where they are those of the process', async () => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      await runCsv('a\n1\n', definePipeline(), { output: process.stdout });
      await expect(runCsv('', definePipeline(), { output: process.stdout })).rejects.toThrow(PipelineError);
      expect(Buffer.concat(write.mock.calls.map(([chunk]) => Buffer.from(chunk))).toString()).toBe('a\n1\n');
    } finally {
      write.mockRestore();
    }
    expect(process.stdout.destroyed).toBe(false);
  });
});

it('reads back what it writes', async () => {
  const output = new MemorySink();
  await validateCsv(CSV, SCHEMA, { output });
  const names: string[] = [];
  for await (const { cells } of readCsv(bytes(output.text))) names.push(cells[1]);
  expect(names).toEqual(['name', 'Ada', 'a "b"']);
});

describe('foreign keys', () => {
  const fields = [{ name: 'id' }, { name: 'boss' }, { name: 'land' }];
  const boss = { fields: 'boss', reference: { fields: 'id' } };
  const land = { fields: 'land', reference: { resource: 'lands', fields: 'code' } };
  const staff = 'id,boss,land\n1,,DE\n2,1,XX\n3,9,\n';

  it('refer to a file that is opened by its key, and to the source itself', async () => {
    const pipeline = definePipeline({
      schema: { fields, foreignKeys: [boss, land] },
      resources: { lands: { type: 'bucket', key: 'reference/lands.csv' } },
    });
    const openLookup = (key: string) => (key === 'reference/lands.csv' ? 'code\nDE\n' : '');
    const messages: string[] = [];
    const onReject = ({ errors }: RejectedRow) => void messages.push(...errors.map(({ message }) => message));
    for (const source of [staff, Buffer.from(staff)]) {
      const { counts } = await runCsv(source, pipeline, { openLookup, onReject });
      expect(counts).toMatchObject({ rowsRead: 3, rowsRejected: 2 });
    }
    expect(messages.slice(0, 2)).toEqual([
      'the resource "lands" has no row with this code',
      'the file has no row with this id',
    ]);
    await expect(runCsv(staff, pipeline)).rejects.toMatchObject({
      code: 'lookup-unreadable',
      message: 'the schema has a foreign key to the resource "lands", and there is no openLookup to open it',
    });
  });

  it('do not refer to the source itself where it is a stream, which is gone by then', async () => {
    await expect(validateCsv([staff], { fields, foreignKeys: [boss] })).rejects.toMatchObject({
      code: 'lookup-unreadable',
      message: 'the schema has a foreign key to the file itself, which is a stream and cannot be read twice',
    });
  });
});
