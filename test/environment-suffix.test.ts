import { CfnParameter } from 'aws-cdk-lib';
import { errorOf, templateOf } from './synthesis';
import { environmentSuffixOf } from '../src/environment-suffix';

function suffixWith(prop: string | undefined, context: Record<string, unknown> = {}): string {
  let suffix = '';
  templateOf((stack) => (suffix = environmentSuffixOf(stack, prop)), context);
  return suffix;
}

function messageWith(prop: string | undefined, context: Record<string, unknown> = {}): string {
  return errorOf((stack) => environmentSuffixOf(stack, prop), context);
}

const RULE = 'environmentSuffix must be 1 to 20 lower-case letters, digits and inner hyphens';

describe('the environment suffix', () => {
  it('is the prop', () => expect(suffixWith('prod', { environmentSuffix: 'test' })).toBe('prod'));
  it('is the context value where there is no prop', () =>
    expect(suffixWith(undefined, { environmentSuffix: 'pr-12' })).toBe('pr-12'));
  it('is dev where there is neither', () => expect(suffixWith(undefined)).toBe('dev'));
  it('may have one character, and 20', () => {
    expect(suffixWith('a')).toBe('a');
    expect(suffixWith('a2345678901234567890')).toBe('a2345678901234567890');
  });

  it.each(['', 'Dev', 'dev_1', '-dev', 'dev-', 'a23456789012345678901', 'dév'])('cannot be %j', (suffix) => {
    expect(messageWith(suffix)).toBe(`Shop: ${RULE}, got ${JSON.stringify(suffix)}`);
  });
  it('cannot be something other than text in the context', () => {
    expect(messageWith(undefined, { environmentSuffix: 7 })).toBe(`Shop: ${RULE}, got 7`);
  });
  it('cannot be a token, since names are cut with it', () => {
    const message = errorOf((stack) => {
      environmentSuffixOf(stack, new CfnParameter(stack, 'Environment').valueAsString);
    });
    expect(message).toBe(
      'Shop: environmentSuffix must be known at synthesis, since names are cut to their limits with it; got a token',
    );
  });
});
