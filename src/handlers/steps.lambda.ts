/** The three steps as one bundle: each would carry the same engine and the same client. */
export { handler as validate } from './validate.lambda';
export { handler as transform } from './transform.lambda';
export { handler as enrich } from './enrich.lambda';
