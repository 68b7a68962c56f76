import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Enrichment, LookupSource } from '../src';
import { lookupHeader } from '../src/lookup-header';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lookup-header-'));
const file = path.join(folder, 'lookup.csv');
afterAll(() => fs.rmSync(folder, { recursive: true }));

function headerOf(content: string | Buffer): string[] | undefined {
  fs.writeFileSync(file, content);
  return lookupHeader(file);
}

describe('the header of a lookup file', () => {
  it.each<[string, string[]]>([
    ['id,name\nB,Berlin\n', ['id', 'name']],
    ['\uFEFFid,name\r\n"', ['id', 'name']],
    ['"id","the ""full"" name, in two\nlines"\n', ['id', 'the "full" name, in two\nlines']],
    ['id\n', ['id']],
  ])('is read of %j', (content, labels) => expect(headerOf(content)).toEqual(labels));

  it.each<[string, string | Buffer]>([
    ['is empty', ''],
    ['has no end of line', 'id,name'],
    ['has quotes inside of cells', 'a "b",c\n'],
    ['has a quote that is not closed', '"id,name\n'],
    ['has a column without a name', 'id,,name\n'],
    ['is not UTF-8', Buffer.from('id,stra\xdfe\n', 'latin1')],
  ])('is left to the job where the file %s', (_, content) => expect(headerOf(content)).toBeUndefined());
});

describe('a lookup in a file that is shipped with the stack', () => {
  const lookup = (on: Record<string, string>, columns: Record<string, string>) =>
    Enrichment.lookup({ source: LookupSource.fromAsset(file), on, columns })._bind(
      new Stack(new App(), 'Etl'),
      'Lookup',
    );

  it('is refused at synthesis where the file lacks its columns', () => {
    fs.writeFileSync(file, 'id,name\nB,Berlin\n');
    expect(() => lookup({ city: 'Id' }, { nam: 'city_name' })).toThrow(
      'Enrichment.lookup: 2 problems\n' +
        '  - on: got the column "Id", which the lookup file lacks, expected one of id, name\n' +
        '  - columns: got the column "nam", which the lookup file lacks, expected one of id, name',
    );
    expect(() => lookup({ city: 'id' }, { name: 'city_name' })).not.toThrow();
  });

  it('is left to the job where the header cannot be told', () => {
    fs.writeFileSync(file, '');
    expect(() => lookup({ city: 'Id' }, {})).not.toThrow();
  });
});
