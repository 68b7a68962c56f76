import type { Rule } from '../rule';

export const permissionsNameSource: Rule = {
  id: 'permissions-name-source',
  says: 'A service may call a function for one source only, not for resources of other accounts.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  check: (template) =>
    template
      .ofType('AWS::Lambda::Permission')
      .filter(({ properties }) => properties.Principal.endsWith('.amazonaws.com') && !properties.SourceArn)
      .map(({ id }) => ({ resource: id, problem: 'holds for every source' })),
  violations: {
    'a permission more, for every rule': (draft) =>
      draft.add('Wide', 'AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: draft.id('AWS::Lambda::Function', 'Finish') },
        Principal: 'events.amazonaws.com',
      }),
  },
};
