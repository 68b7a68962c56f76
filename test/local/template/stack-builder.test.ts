import { build, stack } from './stacks';
import type { TemplateBody } from '../../../src/local/assembly';

const THING = { Type: 'Test::Thing' };

/** Resolves one value in a stack that has the resource `Made`. */
async function resolve(
  value: unknown,
  template: Partial<TemplateBody> = {},
  parameters = {},
): Promise<unknown> {
  const Resources = { Made: THING, User: { Type: 'Test::Other', Properties: { value } } };
  const { provider } = await build(stack('Main', { ...template, Resources }, { parameters }));
  return provider.made.find(({ logicalId }) => logicalId === 'User')!.properties.value;
}

describe('a value', () => {
  it.each<[string, unknown, unknown]>([
    ['literals', { a: [1, true, null, 'x'], b: {} }, { a: [1, true, null, 'x'], b: {} }],
    ['Ref to a resource', { Ref: 'Made' }, 'Made-name'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Made', 'Arn'] }, 'arn:Made'],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'Made.Nested.Value' }, 'nested'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Made' }]] }, 'a-Made-name'],
    [
      'Fn::Sub',
      { 'Fn::Sub': '${Made}:${Made.Arn}:${AWS::Region}:${!Literal}' },
      'Made-name:arn:Made:us-east-1:${Literal}',
    ],
    [
      'Fn::Sub with variables',
      { 'Fn::Sub': ['${A}-${Made}', { A: { Ref: 'AWS::AccountId' } }] },
      '000000000000-Made-name',
    ],
    ['Fn::Select and Fn::Split', { 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    ['Fn::Base64', { 'Fn::Base64': 'text' }, 'dGV4dA=='],
    ['Fn::GetAZs', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
    [
      'pseudo parameters',
      [{ Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }, { Ref: 'AWS::StackName' }],
      ['aws', 'amazonaws.com', 'Main'],
    ],
    [
      'the stack id',
      { Ref: 'AWS::StackId' },
      'arn:aws:cloudformation:us-east-1:000000000000:stack/Main/local',
    ],
    ['AWS::NotificationARNs', { Ref: 'AWS::NotificationARNs' }, []],
    ['AWS::NoValue', { a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, { b: [1] }],
    ['an object with one key that is no intrinsic', { Only: { Ref: 'Made' } }, { Only: 'Made-name' }],
    [
      'a public address that is served here',
      { 'Fn::Join': ['', ['https://', 'public/prod']] },
      'http://127.0.0.1/prod',
    ],
  ])('may use %s', async (_, value, expected) => {
    expect(await resolve(value)).toEqual(expected);
  });

  it('may use conditions', async () => {
    const Conditions = {
      Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
      NotHere: { 'Fn::Not': [{ Condition: 'Here' }] },
      Both: { 'Fn::And': [{ Condition: 'Here' }, { Condition: 'NotHere' }] },
      Either: { 'Fn::Or': [{ Condition: 'Here' }, { Condition: 'NotHere' }] },
    };
    const choose = (name: string): unknown => ({ 'Fn::If': [name, 'yes', { Ref: 'AWS::NoValue' }] });
    const values = ['Here', 'NotHere', 'Both', 'Either'].map(choose);
    expect(await resolve(values, { Conditions })).toEqual(['yes', 'yes']);
  });

  it('may use mappings', async () => {
    const Mappings = { Regions: { 'us-east-1': { size: 3 } } };
    expect(
      await resolve({ 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'size'] }, { Mappings }),
    ).toBe(3);
  });

  it('may use parameters, with the value that the app gives or the default', async () => {
    const Parameters = {
      A: { Type: 'String', Default: 'a' },
      B: { Type: 'Number', Default: 1 },
      C: { Type: 'CommaDelimitedList' },
    };
    const values = [{ Ref: 'A' }, { Ref: 'B' }, { Ref: 'C' }];
    expect(await resolve(values, { Parameters }, { A: 'given', C: 'x,y' })).toEqual([
      'given',
      '1',
      ['x', 'y'],
    ]);
  });

  it.each<[unknown, string]>([
    [{ Ref: 'Nothing' }, 'Main/User/Properties/value: there is no resource or parameter Nothing'],
    [
      { 'Fn::GetAtt': ['Made', 'Other'] },
      'the local run does not provide the attribute Other of Test::Thing, needed at Main/User/Properties/value',
    ],
    [
      { a: { 'Fn::Transform': {} } },
      'the local run does not provide the intrinsic function Fn::Transform, used at Main/User/Properties/value/a',
    ],
    [{ 'Fn::ImportValue': 'Nowhere' }, 'Main/User/Properties/value: no stack of the app exports Nowhere'],
    [{ 'Fn::Select': [2, ['a']] }, 'Main/User/Properties/value: Fn::Select has no entry 2 among 1'],
    [{ 'Fn::Join': ['', 'text'] }, 'Main/User/Properties/value: Fn::Join needs a list, got string'],
    [{ 'Fn::FindInMap': ['A', 'b', 'c'] }, 'Main/User/Properties/value: the mappings have no A.b.c'],
    [{ 'Fn::If': ['Unknown', 1, 2] }, 'Main/User/Properties/value: the template has no condition Unknown'],
    [
      '{{resolve:secretsmanager:x}}',
      'the local run does not provide the dynamic reference {{resolve:secretsmanager:x}}, used at Main/User/Properties/value',
    ],
    [
      { Ref: 'Bootstrap' },
      'the local run does not provide values of the Systems Manager parameter /cdk/version, needed at Main/User/Properties/value',
    ],
    [
      { Ref: 'Empty' },
      'Main/User/Properties/value: the parameter Empty of stack Main has no value and no default',
    ],
    [
      { 'Fn::If': ['Odd', 1, 2] },
      'the local run does not provide the condition function Fn::Contains, used at Main/Conditions/Odd',
    ],
  ])('is refused where it is %j', async (value, message) => {
    const Parameters = {
      Bootstrap: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk/version' },
      Empty: { Type: 'String' },
    };
    const Conditions = { Odd: { 'Fn::Contains': [[], 'a'] } };
    await expect(resolve(value, { Parameters, Conditions })).rejects.toThrow(message);
  });
});

describe('a stack', () => {
  it('makes each resource after those that it needs', async () => {
    const { provider } = await build(
      stack('Main', {
        Resources: {
          Third: { ...THING, DependsOn: ['Second'] },
          Second: { ...THING, Properties: { text: { 'Fn::Sub': '${First}' } } },
          First: { ...THING, DependsOn: 'NotThere' },
        },
      }),
    );
    expect(provider.made.map(({ logicalId }) => logicalId)).toEqual(['First', 'Second', 'Third']);
  });

  it('refuses a circle', async () => {
    const Resources = { A: { ...THING, DependsOn: 'B' }, B: { ...THING, DependsOn: 'A' } };
    await expect(build(stack('Main', { Resources }))).rejects.toThrow(
      'stack Main: circular dependency A -> B -> A',
    );
  });

  it('leaves out what a condition excludes, and outputs of it', async () => {
    const { provider, built } = await build(
      stack('Main', {
        Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
        Resources: { A: { ...THING, Condition: 'Never' }, B: THING },
        Outputs: {
          OfA: { Value: { Ref: 'A' } },
          Excluded: { Value: 'x', Condition: 'Never' },
          Nothing: { Value: { Ref: 'AWS::NoValue' } },
          OfB: { Value: { Ref: 'B' } },
        },
      }),
    );
    expect(provider.made.map(({ logicalId }) => logicalId)).toEqual(['B']);
    expect(built[0]!.outputs).toEqual({ OfB: 'B-name' });
  });

  it('finds what an earlier stack exports', async () => {
    const { provider } = await build(
      stack('First', {
        Resources: { A: THING },
        Outputs: { Out: { Value: { Ref: 'A' }, Export: { Name: 'First:A' } } },
      }),
      stack('Second', {
        Resources: { B: { ...THING, Properties: { a: { 'Fn::ImportValue': 'First:A' } } } },
      }),
    );
    expect(provider.made[1]!.properties).toEqual({ a: 'A-name' });
  });

  it('gives custom resources their properties without the function behind them', async () => {
    const Resources = { A: { ...THING, Properties: { ServiceToken: { Ref: 'NotRun' }, b: 1 } } };
    const { provider } = await build(
      stack('Main', { Resources }, { paths: new Map([['A', 'Main/Construct/A']]) }),
    );
    expect(provider.made[0]).toMatchObject({ properties: { b: 1 }, path: 'Main/Construct/A' });
  });

  it('refuses template macros', async () => {
    await expect(build(stack('Main', { Transform: 'AWS::Serverless-2016-10-31' }))).rejects.toThrow(
      'the local run does not provide template transforms ("AWS::Serverless-2016-10-31"), used by stack Main',
    );
  });

  it('may be empty', async () => {
    expect((await build(stack('Main', {}))).built[0]!.outputs).toEqual({});
  });
});
