import type { Rule } from '../rule';

export const noVpc: Rule = {
  id: 'no-vpc',
  says: 'Nothing is put into a VPC, where AWS would be out of reach without endpoints that cost by the hour.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html',
  check: (template) =>
    template.resources
      .filter(({ type, properties }) => type.startsWith('AWS::EC2::') || 'VpcConfig' in properties)
      .map(({ id, type }) => ({ resource: id, problem: `a ${type} of a network` })),
  violations: {
    'a function is in a subnet': (draft) => {
      draft.one('AWS::Lambda::Function', 'Finish').Properties.VpcConfig = { SubnetIds: ['subnet-1'] };
    },
    'there is a VPC': (draft) => draft.add('Vpc', 'AWS::EC2::VPC', {}),
  },
};
