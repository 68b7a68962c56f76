import type { Rule } from '../rule';

const ERROR = 'Lambda.TooManyRequestsException';

export const throttledCallsRetried: Rule = {
  id: 'throttled-calls-retried',
  says: `Every task that calls a function retries ${ERROR}.`,
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html',
  check: (template) =>
    template
      .tasks()
      .filter(({ state }) => state.Resource.endsWith(':states:::lambda:invoke'))
      .filter(({ state }) => !state.Retry?.some((retry: any) => retry.ErrorEquals.includes(ERROR)))
      .map(({ machine, name }) => ({ resource: machine.id, problem: `${name} gives up at once` })),
  violations: {
    'another error is retried instead': (draft) => draft.inDefinition(ERROR, 'Lambda.Throttled'),
  },
};
