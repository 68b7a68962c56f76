import type { Rule } from '../rule';

const MEGABYTES = 3008;

export const memoryOfNewAccounts: Rule = {
  id: 'memory-of-new-accounts',
  says: 'No function has more than 3,008 MB, the most that new accounts give.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html',
  check: (template) =>
    template
      .ofType('AWS::Lambda::Function')
      .filter(({ properties }) => properties.MemorySize > MEGABYTES)
      .map(({ id, properties }) => ({ resource: id, problem: `${properties.MemorySize} MB` })),
  violations: {
    'one megabyte too many': (draft) => {
      draft.one('AWS::Lambda::Function', 'Transform').Properties.MemorySize = MEGABYTES + 1;
    },
  },
};
