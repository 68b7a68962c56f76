import type { ConstraintRule } from './constraint';
import { KeyTable } from '../unique/key-table';

/** Values that a message lists; more would hide the message. */
const LISTED = 10;

/** One of the listed values: by its text, or by its value, so that 1.0 is the 1 of the list. */
export const enumConstraint: ConstraintRule = ({ constraints: { enum: texts } }, values) => {
  if (texts === undefined) return undefined;
  const table = KeyTable.of(texts);
  const members = texts.map((text) => values.read(text));
  const more = texts.length > LISTED ? ` and ${texts.length - LISTED} more` : '';
  return {
    message: `must be one of ${texts.slice(0, LISTED).join(', ')}${more}`,
    needsValue: false,
    holds: (data, start, end) => {
      if (table.has(data, start, end)) return true;
      const value = values.read(data.toString('utf8', start, end));
      return members.some((member) => values.compare(member, value) === 0);
    },
  };
};
