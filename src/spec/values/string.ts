import { formatsOf, GENERAL_CONSTRAINTS, type ValueReader, type ValueType } from './value-type';

/**
 * What each format of a string looks like. Every pattern is linear in the text: no part of one can match what the part
 * after it matches.
 */
const FORMATS: Readonly<Record<string, RegExp>> = {
  default: /^/,
  /** As browsers check it (https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address). */
  email:
    /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/,
  /** RFC 3986: a scheme, then its characters alone. */
  uri: /^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/,
  /** Base64 (RFC 4648 section 4). */
  binary: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  uuid: /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/,
};

function textReader(pattern: RegExp): ValueReader<string> {
  return {
    read: (text) => (pattern.test(text) ? text : undefined),
    compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
    key: (text) => text,
  };
}

export const STRING: ValueType = {
  properties: [],
  constraints: [...GENERAL_CONSTRAINTS, 'minLength', 'maxLength', 'pattern'],
  formatProblem: formatsOf('email', 'uri', 'binary', 'uuid'),
  reader: ({ format }) => textReader(FORMATS[format]),
};

/** Any text at all. */
export const ANY: ValueType = {
  properties: [],
  constraints: GENERAL_CONSTRAINTS,
  formatProblem: formatsOf(),
  reader: () => textReader(FORMATS.default),
};
