import type { Rule } from '../rule';

/** Most characters, by type and property. */
const LIMITS: Readonly<Record<string, readonly [string, number]>> = {
  'AWS::CloudWatch::Alarm': ['AlarmDescription', 1024],
  'AWS::Events::Rule': ['Description', 512],
  'AWS::IAM::Role': ['Description', 1000],
  'AWS::Lambda::Function': ['Description', 256],
};

export const descriptionsFit: Rule = {
  id: 'descriptions-fit',
  says: 'Descriptions are as short as their service wants them: 256 characters of a function, 512 of a rule, 1,000 of a role, 1,024 of an alarm.',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html',
  check: (template) =>
    template.ofType(...Object.keys(LIMITS)).flatMap(({ id, type, properties }) => {
      const [property, limit] = LIMITS[type];
      const { length } = properties[property] ?? '';
      return length > limit ? [{ resource: id, problem: `${length} of ${limit} characters` }] : [];
    }),
  violations: Object.fromEntries(
    Object.entries(LIMITS).map(([type, [property, limit]]) => [
      `a ${type} with a long description`,
      (draft) => {
        draft.one(type, 'Orders').Properties[property] = 'x'.repeat(limit + 1);
      },
    ]),
  ),
};
