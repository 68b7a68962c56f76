import type { Rule } from '../rule';

export const apiThrottled: Rule = {
  id: 'api-throttled',
  says: 'Every stage limits its requests, or one caller could use up those of all APIs of the account.',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html',
  check: (template) =>
    template.ofType('AWS::ApiGateway::Stage').flatMap(({ id, properties }) => {
      const all = (properties.MethodSettings ?? []).find(
        ({ HttpMethod, ResourcePath }: any) => HttpMethod === '*' && ResourcePath === '/*',
      );
      const limited = all?.ThrottlingRateLimit >= 0 && all?.ThrottlingBurstLimit >= 0;
      return limited ? [] : [{ resource: id, problem: 'has no limits for all of its methods' }];
    }),
  violations: {
    'no burst limit': (draft) => {
      delete draft.one('AWS::ApiGateway::Stage').Properties.MethodSettings[0].ThrottlingBurstLimit;
    },
    'one method only': (draft) => {
      draft.one('AWS::ApiGateway::Stage').Properties.MethodSettings[0].HttpMethod = 'GET';
    },
  },
};
