import type { Rule } from '../rule';

export const logicalIdsFit: Rule = {
  id: 'logical-ids-fit',
  says: 'Logical ids of resources and outputs are letters and digits, 255 at most.',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html',
  violations: {
    'the output of a long path': (draft) => {
      draft.body.Outputs = { ['x'.repeat(256)]: { Value: 'any' } };
    },
    'a hyphen in the id of a resource': (draft) =>
      draft.add('Wait-1', 'AWS::CloudFormation::WaitConditionHandle', {}),
  },
  check: ({ body }) =>
    [...Object.keys(body.Resources), ...Object.keys(body.Outputs ?? {})]
      .filter((id) => !/^[A-Za-z0-9]{1,255}$/.test(id))
      .map((id) => ({ resource: id, problem: `${id.length} characters` })),
};
