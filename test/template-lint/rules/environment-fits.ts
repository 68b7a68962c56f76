import type { Rule } from '../rule';

const BYTES = 4096;

export const environmentFits: Rule = {
  id: 'environment-fits',
  says: 'The environment of a function is at most 4 KB, names and values together, with the longest ARNs in it.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  check: (template) =>
    template.ofType('AWS::Lambda::Function').flatMap(({ id, properties }) => {
      const bytes = Buffer.byteLength(JSON.stringify(properties.Environment?.Variables ?? {}));
      return bytes > BYTES ? [{ resource: id, problem: `${bytes} bytes` }] : [];
    }),
  violations: {
    'a spec stands in a variable': (draft) => {
      draft.one('AWS::Lambda::Function', 'Finish').Properties.Environment.Variables.SPEC = 'x'.repeat(BYTES);
    },
    'an ARN grows when it is deployed': (draft) => {
      const arn = { 'Fn::GetAtt': [draft.id('AWS::Lambda::Function', 'Validate'), 'Arn'] };
      const { Variables } = draft.one('AWS::Lambda::Function', 'Finish').Properties.Environment;
      Array.from({ length: 40 }).forEach((_, number) => (Variables[`STEP_${number}`] = arn));
    },
  },
};
