import { Readable } from 'node:stream';
import * as vm from 'node:vm';
import { App, Stack } from 'aws-cdk-lib';
import { page, table } from './page';
import * as api from '../src';
import { definePipeline, readCsv, runCsv } from '../src/engine';

/** An enrichment as a user writes it, and rows that show what it adds. */
interface EnrichmentExample {
  readonly call: string;
  readonly rows: string;
}

/** The file that lookups of the examples read. */
const AIRPORTS = 'iata,name,state\nLAX,Los Angeles,CA\nBOI,Boise,ID\n';
const SOURCE = "source: LookupSource.fromBucket('reference/airports.csv')";
const FLIGHTS = 'flight,origin\n1,BOI\n2,XXX\n3,\n';

const EXAMPLES: readonly EnrichmentExample[] = [
  {
    call: `Enrichment.lookup({ ${SOURCE}, on: { origin: 'iata' }, columns: { name: 'airport', state: 'state' } })`,
    rows: FLIGHTS,
  },
  {
    call: `Enrichment.lookup({ ${SOURCE}, on: { origin: 'iata' }, columns: { name: 'airport' }, whenMissing: WhenMissing.value('unknown') })`,
    rows: FLIGHTS,
  },
  {
    call: `Enrichment.lookup({ ${SOURCE}, on: { origin: 'iata' }, columns: { name: 'airport' }, whenMissing: WhenMissing.reject() })`,
    rows: FLIGHTS,
  },
  { call: "Enrichment.constant('shop', 'Bonn')", rows: 'id\n1\n' },
  { call: 'Enrichment.lineage()', rows: 'id\n1\n' },
];

/** What lineage writes in the example; a real job has longer ones. */
const LINEAGE = { sourceKey: 'raw/day.csv', sourceVersion: 'v1', jobId: '4db6', specSha256: '9f86' };

/** The page on enrichments; the rows after are what the engine made of those before. */
export async function enrichments(): Promise<string> {
  return page('Enrichments by example', 'docs/enrichment-examples.ts', [
    'Each enrichment with rows before and after it, header first, cells apart by `¦`. The rows after are what the engine made of',
    'those before. What each means: [Schema, transforms, enrichments](schema-and-transforms.md#enrichments).',
    '',
    'The lookups read `reference/airports.csv`:',
    '',
    '```csv',
    AIRPORTS.trimEnd(),
    '```',
    '',
    ...table(
      ['Enrichment', 'Before', 'After'],
      await Promise.all(
        EXAMPLES.map(async (example) => [
          `\`${example.call}\``,
          shown(await cellsOf(example.rows)),
          shown(await outcome(example)),
        ]),
      ),
    ),
  ]);
}

async function outcome({ call, rows }: EnrichmentExample): Promise<string[][]> {
  const enrichment = vm.runInNewContext(call, { ...api }) as api.Enrichment;
  const { spec } = enrichment._bind(new Stack(new App(), 'Stack'), 'Lookup');
  // Plain JSON: what was made in the other context has other prototypes.
  const pipeline = definePipeline({ enrichments: [JSON.parse(JSON.stringify(spec))] });
  let output = '';
  const rejected: string[][] = [];
  await runCsv(rows, pipeline, {
    output: { write: (chunk: Uint8Array) => void (output += Buffer.from(chunk).toString()) },
    onReject: ({ errors }) => void rejected.push([`(rejected: ${errors[0]!.message})`]),
    openLookup: () => AIRPORTS,
    lineage: LINEAGE,
  });
  return [...(await cellsOf(output)), ...rejected];
}

async function cellsOf(csv: string): Promise<string[][]> {
  const records: string[][] = [];
  for await (const { cells } of readCsv(Readable.from([Buffer.from(csv)]))) records.push([...cells]);
  return records;
}

function shown(records: readonly string[][]): string {
  return records.map((cells) => `\`${cells.map((cell) => cell || ' ').join(' ¦ ')}\``).join('<br>');
}
