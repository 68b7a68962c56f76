import type { Rule } from '../rule';

const SECONDS = 29;

export const apiAnswersInTime: Rule = {
  id: 'api-answers-in-time',
  says: 'A function behind the API ends within 29 seconds, after which API Gateway has answered without it.',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
  check: (template) =>
    template.ofType('AWS::ApiGateway::Method').flatMap(({ id, properties }) => {
      const { Uri = '', TimeoutInMillis = 0 } = properties.Integration;
      const handler = template.functions().find((each) => Uri.includes(`${template.arn(each)}/invocations`));
      const slow = handler?.properties.Timeout > SECONDS || TimeoutInMillis > SECONDS * 1000;
      return slow ? [{ resource: id, problem: `waits for more than ${SECONDS} seconds` }] : [];
    }),
  violations: {
    'a function of half a minute': (draft) => {
      draft.one('AWS::Lambda::Function', 'Api').Properties.Timeout = 30;
    },
    'an integration of half a minute': (draft) => {
      draft.one('AWS::ApiGateway::Method').Properties.Integration.TimeoutInMillis = 30_000;
    },
  },
};
