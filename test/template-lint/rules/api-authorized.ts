import type { Rule } from '../rule';

export const apiAuthorized: Rule = {
  id: 'api-authorized',
  says: 'Every method asks who calls, unless a prop says otherwise.',
  source:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html',
  check: (template) =>
    template
      .ofType('AWS::ApiGateway::Method')
      .filter(({ properties }) => (properties.AuthorizationType ?? 'NONE') === 'NONE')
      .map(({ id }) => ({ resource: id, problem: 'everybody may call it' })),
  violations: {
    'nobody is asked': (draft) => {
      draft.one('AWS::ApiGateway::Method').Properties.AuthorizationType = 'NONE';
    },
  },
};
