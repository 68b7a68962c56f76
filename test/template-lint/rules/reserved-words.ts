import type { Rule } from '../rule';

/** Those of DynamoDB's 573 reserved words that an attribute of a job could have as its name. */
const RESERVED = new Set(
  (
    'attribute bucket by bytes count data date duration error errors file files filter final finish function group hash ' +
    'host index input items key keys last length level limit list location log map max maxlen message min minus mode ' +
    'name names next number object of offset order output owner part partition path plan prefix primary public range ' +
    'reference region replace result row rows rule schema segment sequence sort source space start state status step ' +
    'storage string sum synonym table task time timestamp timezone total transaction transform trigger type unique unit ' +
    'update usage use user validate value values view views when where'
  ).split(' '),
);

export const reservedWords: Rule = {
  id: 'reserved-words',
  says: 'Expressions of the state machine give reserved words of DynamoDB, such as status, an alias.',
  source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html',
  check: (template) =>
    template.tasks().flatMap(({ machine, name, state }) => {
      const { UpdateExpression = '', ConditionExpression = '' } = state.Parameters ?? {};
      const words = `${UpdateExpression} ${ConditionExpression}`.match(/(?<![#:\w])\w+/g) ?? [];
      return (
        words
          // Keywords of the language itself stand in capitals.
          .filter((word) => word !== word.toUpperCase() && RESERVED.has(word.toLowerCase()))
          .map((word) => ({ resource: machine.id, problem: `${name} says ${word}` }))
      );
    }),
  violations: {
    'status as it is': (draft) => draft.inDefinition('SET #status', 'SET status'),
    'timestamp as it is': (draft) => draft.inDefinition('#timestamp = :timestamp', 'timestamp = :timestamp'),
  },
};
