import type { Rule } from '../rule';

const VARIABLE = '$.job.versionId';

export const versionRequired: Rule = {
  id: 'version-required',
  says: 'The state machine asks for the version id of the source before its first step: an event of an unversioned bucket has none.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html',
  check: (template) =>
    template.ofType('AWS::StepFunctions::StateMachine').flatMap((machine) => {
      const { StartAt, States } = template.definition(machine);
      let name: string = StartAt;
      while (States[name].Type === 'Pass') name = States[name].Next;
      if (
        States[name].Type === 'Choice' &&
        JSON.stringify(States[name].Choices).includes(`"${VARIABLE}","IsPresent":true`)
      ) {
        return [];
      }
      return [{ resource: machine.id, problem: `${name} comes before the version id is looked at` }];
    }),
  violations: {
    'the first step comes at once': (draft) =>
      draft.inDefinition('"Next":"HasVersion"', '"Next":"SetValidating"'),
    'something else is asked for': (draft) =>
      draft.inDefinition(`${VARIABLE}","IsPresent"`, '$.job.key","IsPresent"'),
  },
};
