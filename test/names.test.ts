import { NestedStack, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { appWith } from './synthesis';
import { bucketPhysicalName, outputId, physicalName } from '../src/names';

function scopeAt(...ids: string[]): Construct {
  const [stackId, ...others] = ids;
  let scope: Construct = new Stack(appWith(), stackId);
  for (const id of others) scope = new Construct(scope, id);
  return scope;
}

describe('a physical name', () => {
  it('carries the path, the suffix and a hash', () => {
    expect(physicalName(scopeAt('Shop', 'Orders'), 'dev', 64)).toMatch(/^shop-orders-dev-[0-9a-f]{8}$/);
  });

  it('keeps both ends of a path that is too long', () => {
    const name = physicalName(scopeAt('S'.repeat(80), 'Validate'), 'dev', 40);
    expect(name).toHaveLength(40);
    expect(name).toMatch(/^s+-validate-dev-[0-9a-f]{8}$/);
  });

  it('differs between paths that read the same', () => {
    const names = [scopeAt('Shop', 'A-B'), scopeAt('Shop', 'A', 'B'), scopeAt('Shop', 'a', 'b')].map(
      (scope) => physicalName(scope, 'dev', 64),
    );
    expect(new Set(names).size).toBe(3);
  });

  it('differs between parts of one construct', () => {
    const scope = scopeAt('Shop', 'Orders');
    expect(physicalName(scope, 'dev', 64, 'A')).not.toBe(physicalName(scope, 'dev', 64, 'B'));
  });

  it('differs between stacks of one id that are deployed under two names', () => {
    const names = ['one', 'two'].map((stackName) =>
      physicalName(new Stack(appWith(), 'Shop', { stackName }), 'dev', 64),
    );
    expect(names[0]).not.toBe(names[1]);
  });

  it('is known in a nested stack, whose own name is a token', () => {
    const nested = new NestedStack(new Stack(appWith(), 'Shop'), 'Inner');
    expect(physicalName(nested, 'dev', 64)).toMatch(/^shop-inner-dev-[0-9a-f]{8}$/);
  });
});

describe('the name of a bucket', () => {
  it('fits into 63 characters in the longest region, with the longest suffix', () => {
    const scope = scopeAt('A-very-long-stack-name', 'And-a-very-long-id');
    const name = bucketPhysicalName(scope, 'a2345678901234567890');
    const resolved = Stack.of(scope).resolve(name);
    const [, parts] = resolved['Fn::Join'];
    const text = parts
      .map((part: unknown) => {
        if (typeof part === 'string') return part;
        return (part as { Ref: string }).Ref === 'AWS::Region' ? 'ap-southeast-1' : '123456789012';
      })
      .join('');
    expect(text.length).toBeLessThanOrEqual(63);
    expect(text).toMatch(/^[a-z0-9][a-z0-9-]*-a2345678901234567890-[0-9a-f]{8}-123456789012-ap-southeast-1$/);
  });
});

describe('the logical id of an output', () => {
  it('is the path below the stack and a name, in letters and digits', () => {
    expect(outputId(scopeAt('Shop', 'Sales-EU', 'Orders'), 'ApiUrl')).toBe('SalesEUOrdersApiUrl');
  });

  it('of a longer path than CloudFormation takes is a hash, the end of the path, and the name', () => {
    const [one, other] = ['a', 'b'].map((id) =>
      outputId(scopeAt('Shop', id, 'Far'.repeat(60), 'Away'.repeat(60), 'Orders'), 'ApiUrl'),
    );
    expect(one).toMatch(/^P[0-9a-f]{8}[A-Za-z]*AwayOrdersApiUrl$/);
    expect(one).toHaveLength(255);
    expect(one.slice(9)).toBe(other.slice(9));
    expect(one).not.toBe(other);
  });
});
