import type { Rule } from '../rule';

const PLACES = [
  /"(?:[^"]*[^0-9a-f"])?\d{12}(?:[^0-9a-f"][^"]*)?"/,
  /\b(us|eu|ap|sa|ca|me|af|il|mx)-(gov-)?(north|south|east|west|central)[a-z]*-\d\b/,
];

export const noFixedPlace: Rule = {
  id: 'no-fixed-place',
  says: 'The template names no account and no region, so it can be deployed into any.',
  source:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html',
  check: ({ body }) =>
    Object.entries(body.Resources).flatMap(([id, { Properties }]) => {
      const place = PLACES.map((pattern) => pattern.exec(JSON.stringify(Properties))?.[0]).find(Boolean);
      return place ? [{ resource: id, problem: `names ${place.slice(0, 80)}` }] : [];
    }),
  violations: {
    'a region': (draft) => {
      draft.one('AWS::Lambda::Function', 'Finish').Properties.Environment.Variables.REGION = 'eu-central-1';
    },
    'an account': (draft) => {
      draft.one('AWS::Lambda::Function', 'Finish').Properties.Environment.Variables.ACCOUNT = '123456789012';
    },
  },
};
