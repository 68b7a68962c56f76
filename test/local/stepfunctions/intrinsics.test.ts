import { Fixture } from './fixture';

/** Evaluates one expression in a Pass state. */
async function evaluate(expression: string, input: unknown = {}): Promise<unknown> {
  const { value } = await new Fixture().runState(
    { Type: 'Pass', Parameters: { 'value.$': expression } },
    input,
  );
  return value;
}

describe('examples of the AWS documentation', () => {
  it.each<[string, unknown, unknown]>([
    ['States.Array($.Id)', { Id: 123456 }, [123456]],
    [
      'States.ArrayPartition($.inputArray,4)',
      { inputArray: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
      [[1, 2, 3, 4], [5, 6, 7, 8], [9]],
    ],
    [
      'States.ArrayContains($.inputArray, $.lookingFor)',
      { inputArray: [1, 2, 3, 4, 5, 6, 7, 8, 9], lookingFor: 5 },
      true,
    ],
    ['States.ArrayRange(1, 9, 2)', {}, [1, 3, 5, 7, 9]],
    ['States.ArrayGetItem($.inputArray, $.index)', { inputArray: [1, 2, 3, 4, 5, 6, 7, 8, 9], index: 5 }, 6],
    ['States.ArrayLength($.inputArray)', { inputArray: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, 9],
    ['States.ArrayUnique($.inputArray)', { inputArray: [1, 2, 3, 3, 3, 3, 3, 3, 4] }, [1, 2, 3, 4]],
    ['States.Base64Encode($.input)', { input: 'Data to encode' }, 'RGF0YSB0byBlbmNvZGU='],
    ['States.Base64Decode($.base64)', { base64: 'RGVjb2RlZCBkYXRh' }, 'Decoded data'],
    [
      'States.Hash($.Data, $.Algorithm)',
      { Data: 'input data', Algorithm: 'SHA-1' },
      'aaff4a450a104cd177d28d18d74485e8cae074b7',
    ],
    [
      'States.JsonMerge($.json1, $.json2, false)',
      { json1: { a: { a1: 1, a2: 2 }, b: 2 }, json2: { a: { a3: 1, a4: 2 }, c: 3 } },
      { a: { a3: 1, a4: 2 }, b: 2, c: 3 },
    ],
    ['States.StringToJson($.escapedJsonString)', { escapedJsonString: '{"foo": "bar"}' }, { foo: 'bar' }],
    ['States.JsonToString($.unescapedJson)', { unescapedJson: { foo: 'bar' } }, '{"foo":"bar"}'],
    ['States.MathAdd($.value1, $.step)', { value1: 111, step: -1 }, 110],
    [
      'States.StringSplit($.inputString, $.splitter)',
      { inputString: '1,2,3,4,5', splitter: ',' },
      ['1', '2', '3', '4', '5'],
    ],
    [
      'States.StringSplit($.inputString, $.splitter)',
      { inputString: 'This.is+a,test=string', splitter: '.+,=' },
      ['This', 'is', 'a', 'test', 'string'],
    ],
    ["States.Format('Hello, my name is {}.', $.name)", { name: 'Arnav' }, 'Hello, my name is Arnav.'],
    [
      'States.Format($.template, $.name)',
      { name: 'Arnav', template: 'Hello, my name is {}.' },
      'Hello, my name is Arnav.',
    ],
    [
      "States.Format('{}.{}.{}', States.ArrayGetItem(States.StringSplit(States.ArrayGetItem(States.StringSplit($.ImageRecipe.Arn, '/'), 2), '.'), 0), States.ArrayGetItem(States.StringSplit(States.ArrayGetItem(States.StringSplit($.ImageRecipe.Arn, '/'), 2), '.'), 1), 'x')",
      { ImageRecipe: { Arn: 'recipe/name/1.2.3' } },
      '1.2.x',
    ],
  ])('%s of %j gives %j', async (expression, input, expected) => {
    await expect(evaluate(expression, input)).resolves.toEqual(expected);
  });
});

describe('what the specification says beyond its examples', () => {
  it.each<[string, unknown, unknown]>([
    [
      "States.Format('\\{{}\\} it\\'s {} and {} \\\\', $.n, true, null)",
      { n: 1.5 },
      "{1.5} it's true and null \\",
    ],
    ["States.Format('no places')", {}, 'no places'],
    [
      "States.Array('it\\'s', -2.5e1, $['a,b)'], $$.Execution.Name)",
      { 'a,b)': 'odd' },
      ["it's", -25, 'odd', expect.any(String)],
    ],
    ['States.Array()', {}, []],
    ['States.ArrayRange(5, 1, -2)', {}, [5, 3, 1]],
    ['States.ArrayRange(5, 1, 1)', {}, []],
    ['States.ArrayContains($.a, $.b)', { a: [{ x: 1, y: [2] }], b: { y: [2], x: 1 } }, true],
    ['States.MathAdd(1.5, 1)', {}, 3],
    ['States.MathRandom(7, 8)', {}, 7],
    ["States.StringSplit('a,,b', ',')", {}, ['a', 'b']],
    ["States.Hash('', 'MD5')", {}, 'd41d8cd98f00b204e9800998ecf8427e'],
    [
      "States.Hash($, 'SHA-256')",
      { a: 1 },
      '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862',
    ],
    ['States.UUID()', {}, expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/)],
  ])('%s of %j gives %j', async (expression, input, expected) => {
    await expect(evaluate(expression, input)).resolves.toEqual(expected);
  });

  it('draws the same random number for the same seed', async () => {
    const draw = () => evaluate('States.MathRandom(1, 999, $.seed)', { seed: 7 });
    const drawn = await draw();
    expect(await draw()).toBe(drawn);
    expect(drawn).toBeGreaterThanOrEqual(1);
    expect(drawn).toBeLessThan(999);
  });
});

describe('arguments that do not fit', () => {
  it.each([
    ['States.ArrayGetItem($.a, 3)', 'the index 3 is outside the list of 3 items'],
    ['States.ArrayLength($.n)', 'expected a list, got 5'],
    ['States.ArrayPartition($.a, 0)', 'expected a number above 0, got 0'],
    ['States.ArrayRange(1, 9, 0)', 'the step of a range cannot be 0'],
    ['States.ArrayRange(1, 2000, 1)', 'a range has at most 1000 items, not 2000'],
    ['States.Base64Encode($.long)', 'a text of more than 10000 characters is refused'],
    ["States.Hash('x', 'CRC32')", "the algorithm 'CRC32' is none of MD5, SHA-1, SHA-256, SHA-384, SHA-512"],
    ['States.JsonMerge($, $, true)', 'only shallow merging is supported, whose third argument is false'],
    ['States.JsonMerge($, $.a, false)', 'expected an object, got [1,2,3]'],
    ['States.MathAdd(2147483647, 1)', '2147483648 is beyond the 32 bits of an integer'],
    ["States.MathAdd('1', 1)", 'expected a number, got "1"'],
    ['States.MathRandom(5, 5)', 'there is no number from 5 to below 5'],
    ["States.StringSplit($.n, ',')", 'expected a text, got 5'],
    ["States.StringToJson('{')", "Expected property name or '}' in JSON"],
    ["States.Format('{} {}', 1)", 'the template has 2 places for 1 values'],
    ["States.Format('{}', $.a)", 'a list or an object cannot be formatted'],
  ])('%s fails with States.IntrinsicFailure', async (expression, problem) => {
    const input = { a: [1, 2, 3], n: 5, long: 'x'.repeat(10_001) };
    const fixture = new Fixture();
    const { error, cause } = await fixture.run(
      { StartAt: 'P', States: { P: { Type: 'Pass', Parameters: { 'v.$': expression }, End: true } } },
      input,
    );
    expect(error).toBe('States.IntrinsicFailure');
    expect(cause).toContain(
      `The function '${expression}' had the following error: Invalid arguments in ${expression.split('(')[0]}: ${problem}`,
    );
  });

  it('a path that finds nothing fails with States.Runtime and names the whole call', async () => {
    const fixture = new Fixture();
    const { error, cause } = await fixture.run({
      StartAt: 'P',
      States: { P: { Type: 'Pass', Parameters: { 'v.$': "States.Format('{}', $.nope)" }, End: true } },
    });
    expect(error).toBe('States.Runtime');
    expect(cause).toBe(
      "An error occurred while executing the state 'P' (entered at the event id #2). The function 'States.Format('{}', $.nope)' had the following error: The JsonPath argument for the field '$.nope' could not be found in the input '{}'",
    );
  });
});

describe('a call that cannot be read is refused when it is loaded', () => {
  it.each([
    ['States.Nonsense($)', "the intrinsic function 'States.Nonsense'"],
    ['States.toString($)', "the intrinsic function 'States.toString'"],
    ['States.UUID(1)', 'calls States.UUID with 1 arguments where it takes 0'],
    ['States.MathRandom(1)', 'calls States.MathRandom with 1 arguments where it takes 2 to 3'],
    ['States.Array(1', "lacks ')'"],
    ['States.Array(1) + 1', 'goes on after the end of its function'],
    ["States.Array('open)", 'has a quote that is never closed'],
    ["States.Array('\\n')", 'has a backslash before a character that needs none'],
    ['States.Array(nothing)', 'has an argument that is no path, text in single quotes, number or function'],
    [`${'States.Array('.repeat(11)}1${')'.repeat(11)}`, 'nests functions more than 10 deep'],
  ])('%s', (expression, problem) => {
    const fixture = new Fixture();
    const load = () =>
      fixture.add({
        StartAt: 'P',
        States: { P: { Type: 'Pass', Parameters: { 'v.$': expression }, End: true } },
      });
    expect(load).toThrow(problem);
    expect(load).toThrow("Parameters of the state 'P'");
  });
});
