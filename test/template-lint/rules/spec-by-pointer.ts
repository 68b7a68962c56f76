import type { Rule } from '../rule';

export const specByPointer: Rule = {
  id: 'spec-by-pointer',
  says: "Tasks pass on where the pipeline's spec lies, by the hash of its content, so a running job keeps the one it began with.",
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-standard-vs-express.html',
  check: (template) =>
    template
      .tasks()
      .filter(({ state }) => state.Resource.endsWith(':states:::lambda:invoke'))
      .filter(({ state }) => {
        const { key, sha256, ...rest } = state.Parameters?.Payload?.spec ?? {};
        return (
          !/^[0-9a-f]{64}\.json$/.test(key) ||
          !/^[0-9a-f]{64}$/.test(sha256) ||
          String(Object.keys(rest)) !== 'bucket'
        );
      })
      .map(({ machine, name }) => ({ resource: machine.id, problem: `${name} gets no pointer to the spec` })),
  violations: {
    'the spec itself is passed': (draft) => draft.inDefinition('"spec":{', '"spec":{"fields":[],'),
    'the key says nothing of the content': (draft) =>
      draft.inDefinition('.json","sha256"', '-latest.json","sha256"'),
  },
};
