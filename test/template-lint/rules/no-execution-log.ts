import type { Rule } from '../rule';

export const noExecutionLog: Rule = {
  id: 'no-execution-log',
  says: 'Stages write no execution log, which needs the CloudWatch role of the account.',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html',
  check: (template) =>
    template
      .ofType('AWS::ApiGateway::Stage')
      .flatMap(({ id, properties }) =>
        (properties.MethodSettings ?? [])
          .filter((setting: any) => (setting.LoggingLevel ?? 'OFF') !== 'OFF' || setting.DataTraceEnabled)
          .map(() => ({ resource: id, problem: 'a method setting switches the execution log on' })),
      ),
  violations: {
    'a level is set': (draft) => {
      draft.one('AWS::ApiGateway::Stage').Properties.MethodSettings[0].LoggingLevel = 'INFO';
    },
    'requests are traced': (draft) => {
      draft.one('AWS::ApiGateway::Stage').Properties.MethodSettings[0].DataTraceEnabled = true;
    },
  },
};
