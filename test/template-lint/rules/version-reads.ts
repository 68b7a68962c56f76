import type { Rule } from '../rule';

export const versionReads: Rule = {
  id: 'version-reads',
  says: 'The function that gets the version id of its input may read versions, which is another right than to read objects.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html',
  check: (template) =>
    template
      .tasks()
      .filter(({ state }) => state.Parameters?.Payload?.data?.['versionId.$'])
      .flatMap(({ state, name }) => {
        const handler = template.referred(state.Parameters.FunctionName);
        const role = handler && template.referred(handler.properties.Role);
        const may =
          role && template.statementsOf(role).some(({ actions }) => actions.includes('s3:GetObjectVersion'));
        return !role || may ? [] : [{ resource: role.id, problem: `${name} lacks s3:GetObjectVersion` }];
      }),
  violations: {
    'it may read the current version only': (draft) => {
      draft.statement('ValidateRole', 's3:GetObjectVersion').Action = ['s3:GetObject'];
    },
  },
};
