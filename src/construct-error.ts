import type { Construct } from 'constructs';

/**
 * Error of a wrong prop. The construct's path stands at the front of the message itself, because bindings of other
 * languages pass on the message and nothing else.
 */
export function constructError(scope: Construct, message: string): Error {
  return new Error(`${scope.node.path}: ${message}`);
}
