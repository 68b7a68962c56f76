import { checkDialect } from '../../src/spec/check-dialect';
import { checkLimits } from '../../src/spec/check-limits';
import { checkRejectPolicy } from '../../src/spec/check-reject-policy';
import { DEFAULT_DIALECT } from '../../src/spec/dialect-spec';
import { DEFAULT_LIMITS } from '../../src/spec/pipeline-spec';
import { SpecError } from '../../src/spec/spec-error';

describe('a dialect', () => {
  it('is RFC 4180 where it says nothing else', () => {
    expect(checkDialect({})).toEqual(DEFAULT_DIALECT);
    expect(checkDialect(DEFAULT_DIALECT)).toEqual(DEFAULT_DIALECT);
  });

  it('takes an escape character in place of doubled quotes', () => {
    expect(
      checkDialect({ delimiter: '\t', escapeChar: '\\', quoteChar: null, commentChar: '#', header: false }),
    ).toEqual({
      ...DEFAULT_DIALECT,
      delimiter: '\t',
      escapeChar: '\\',
      doubleQuote: false,
      quoteChar: null,
      commentChar: '#',
      header: false,
    });
  });

  it('keeps what it says beyond RFC 4180', () => {
    const further = {
      encoding: 'utf-16le',
      skipLines: 3,
      headerRows: [1, 3],
      headerJoin: '/',
      nullSequence: '\\N',
      detect: ['delimiter'],
    };
    expect(checkDialect(further)).toEqual({ ...DEFAULT_DIALECT, ...further });
    const headerless = { header: false, columnNames: ['a', 'b'] };
    expect(checkDialect(headerless)).toEqual({ ...DEFAULT_DIALECT, ...headerless });
    expect(checkDialect(checkDialect(further))).toEqual(checkDialect(further));
  });

  it.each([
    [{ encoding: 'latin1' }, 'dialect: encoding: got "latin1", expected "utf-8", "utf-16le"'],
    [{ skipLines: -1 }, 'dialect: skipLines: got -1, expected a whole number from 0 to 1000'],
    [{ headerRows: [] }, 'dialect: headerRows: got [], expected a list of numbers of records from 1 to 1000'],
    [{ headerRows: [2, 1] }, 'dialect: headerRows: got [2,1], expected a list of numbers'],
    [{ headerRows: [0] }, 'dialect: headerRows: got [0], expected a list of numbers'],
    [{ headerRows: 2 }, 'dialect: headerRows: got 2, expected a list of numbers'],
    [{ nullSequence: '' }, 'dialect: nullSequence: got "", expected a text that is not empty'],
    [
      { columnNames: ['a'] },
      'dialect: columnNames: got ["a"], expected nothing, since the file has a header',
    ],
    [
      { header: false, columnNames: [' '] },
      'dialect: columnNames[0]: got " ", expected a name that is not blank',
    ],
    [
      { header: false, headerRows: [1] },
      'dialect: headerRows: got [1], expected nothing, since the file has no header',
    ],
    [
      { detect: ['header'], headerJoin: '-' },
      'dialect: headerJoin: got "-", expected nothing, since the file has no',
    ],
    [
      { detect: ['colour'] },
      'dialect: detect: got "colour", expected some of delimiter, quoteChar, header, encoding',
    ],
    [
      { delimiter: ';;' },
      'dialect: delimiter: got ";;", expected one ASCII character that is no line end, letter or digit',
    ],
    [{ delimiter: '\n' }, 'dialect: delimiter: got "\\n", expected one ASCII character'],
    [{ delimiter: '\0' }, 'dialect: delimiter: got "\\u0000", expected one ASCII character'],
    [{ delimiter: '' }, 'dialect: delimiter: got "", expected one ASCII character'],
    [{ delimiter: '\x7f' }, 'dialect: delimiter: got'],
    [{ delimiter: 'e' }, 'dialect: delimiter: got "e", expected one ASCII character'],
    [{ delimiter: 'ä' }, 'dialect: delimiter: got "ä", expected one ASCII character'],
    [{ delimiter: null }, 'dialect: delimiter: got null, expected one ASCII character'],
    [{ delimiter: '"' }, 'dialect: quoteChar: got "\\"", expected another character than delimiter'],
    [{ commentChar: ',' }, 'dialect: commentChar: got ",", expected another character than delimiter'],
    [
      { escapeChar: '\\', doubleQuote: true },
      'dialect: doubleQuote: got true, expected false, since escapeChar is set',
    ],
    [{ header: 'no' }, 'dialect: header: got "no", expected true or false'],
    [{ delimeter: ';' }, 'dialect: delimeter: got an unknown property, expected delimiter'],
  ])('%j is refused', (json, message) => {
    expect(() => checkDialect(json)).toThrow(message);
  });
});

describe('a reject policy', () => {
  it.each([
    { type: 'fail-on-first' },
    { type: 'tolerate-rows', rows: 0 },
    { type: 'tolerate-percent', percent: 0.5 },
    { type: 'quarantine-all' },
  ])('%j is taken as it is', (json) => {
    expect(checkRejectPolicy(json)).toEqual(json);
  });

  it.each([
    [
      { type: 'ignore' },
      'reject policy: type: got "ignore", expected "fail-on-first", "tolerate-rows", "tolerate-percent" or "quarantine-all"',
    ],
    [
      { type: 'tolerate-rows', rows: 1.5 },
      'reject policy: rows: got 1.5, expected a whole number from 0 to 9007199254740991',
    ],
    [
      { type: 'tolerate-percent', percent: 101 },
      'reject policy: percent: got 101, expected a number from 0 to 100',
    ],
    [{ type: 'tolerate-percent', percent: 'all' }, 'reject policy: percent: got "all", expected a number'],
    [
      { type: 'quarantine-all', rows: 1 },
      'reject policy: rows: got an unknown property, expected one of type',
    ],
  ])('%j is refused', (json, message) => {
    expect(() => checkRejectPolicy(json)).toThrow(message);
  });
});

describe('limits', () => {
  it('are the defaults where they say nothing else', () => {
    expect(checkLimits({})).toEqual(DEFAULT_LIMITS);
    expect(checkLimits({ maxRecordBytes: 2048 })).toEqual({ ...DEFAULT_LIMITS, maxRecordBytes: 2048 });
    expect(checkLimits({ maxRows: 7 })).toEqual({ ...DEFAULT_LIMITS, maxRows: 7 });
  });

  it('are refused where no job could keep them', () => {
    expect(() => checkLimits({ maxRecordBytes: 10 })).toThrow(
      'limits: maxRecordBytes: got 10, expected a whole number from 1024 to 1073741824',
    );
    expect(() => checkLimits({ uniqueBudgetBytes: -1 })).toThrow('limits: uniqueBudgetBytes: got -1');
  });
});

describe('an error of a spec', () => {
  it('takes a longer subject in front', () => {
    const error = new SpecError('transforms', [{ place: '', got: '1', expected: '2' }]);
    expect(error.under('App/Orders')).toMatchObject({
      name: 'SpecError',
      message: 'App/Orders: transforms: got 1, expected 2',
      problems: error.problems,
    });
  });

  it('cuts long values', () => {
    expect(() => checkRejectPolicy({ type: 'x'.repeat(200) })).toThrow(`got "${'x'.repeat(79)}..., expected`);
  });

  it('shows values that JSON does not have', () => {
    expect(() => checkRejectPolicy({ type: [1n, () => 1] })).toThrow('got ["1","() => 1"], expected');
  });
});
