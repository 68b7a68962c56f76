import type { Rule } from '../rule';

const RESOURCES = 500;
const BYTES = 1_000_000;

export const templateFits: Rule = {
  id: 'template-fits',
  says: 'A template has at most 500 resources, 200 outputs and 1 MB.',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  check: ({ body, resources }) => {
    const sizes = [
      ['resources', resources.length, RESOURCES],
      ['outputs', Object.keys(body.Outputs ?? {}).length, 200],
      // As CDK writes it, with an indent of one.
      ['bytes', Buffer.byteLength(JSON.stringify(body, undefined, 1)), BYTES],
    ] as const;
    return sizes
      .filter(([, size, limit]) => size > limit)
      .map(([what, size]) => ({ resource: 'template', problem: `${size} ${what}` }));
  },
  violations: {
    'too many resources': (draft) =>
      Array.from({ length: RESOURCES }).forEach((_, number) =>
        draft.add(`Wait${number}`, 'AWS::CloudFormation::WaitConditionHandle', {}),
      ),
    'too many bytes': (draft) =>
      draft.add('Wait', 'AWS::CloudFormation::WaitConditionHandle', { Text: 'x'.repeat(BYTES) }),
  },
};
