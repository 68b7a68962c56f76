/**
 * What the state machine calls, as one bundle: each would carry the same engine and the same client of S3. To load finish's
 * client of DynamoDB besides costs a step nothing that could be measured; to load it late costs all of them 20 ms, since
 * esbuild then wraps what they share.
 */
export { handler as validate } from './validate.lambda';
export { handler as transform } from './transform.lambda';
export { handler as enrich } from './enrich.lambda';
export { handler as finish } from './finish.lambda';
