import type { Rule } from '../rule';

/** Runtimes without a date of deprecation before 2027. */
const SUPPORTED =
  /^(nodejs(22|24)\.x|python3\.1[1-4]|java(17|21|25)|dotnet(8|9|10)|ruby3\.[34]|provided\.al2023)$/;

export const runtimesSupported: Rule = {
  id: 'runtimes-supported',
  says: 'Every function has a runtime that AWS does not deprecate.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
  check: (template) =>
    template
      .ofType('AWS::Lambda::Function')
      .filter(({ properties }) => !SUPPORTED.test(properties.Runtime))
      .map(({ id, properties }) => ({ resource: id, problem: `runs on ${properties.Runtime}` })),
  violations: {
    'Node 20': (draft) => {
      draft.one('AWS::Lambda::Function', 'Finish').Properties.Runtime = 'nodejs20.x';
    },
  },
};
