import type { Rule } from '../rule';

export const noApiGatewayAccount: Rule = {
  id: 'no-api-gateway-account',
  says: 'The CloudWatch role of API Gateway, one for the whole region of an account, is left alone.',
  source:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-account.html',
  check: (template) =>
    template
      .ofType('AWS::ApiGateway::Account')
      .map(({ id }) => ({ resource: id, problem: 'replaces a setting of the whole account' })),
  violations: {
    'the account is set': (draft) => draft.add('Account', 'AWS::ApiGateway::Account', {}),
  },
};
