import { asTransient, isTransient, statusOf, TransientError } from '../../src/handlers/transient-error';

function error(name: string, members: object = {}): Error {
  return Object.assign(new Error('it went wrong'), { name }, members);
}

it.each([
  ['an error that says so', new TransientError('again')],
  ['a fault of the service', error('InternalError', { $metadata: { httpStatusCode: 500 } })],
  ['too many requests', error('TooManyRequests', { $metadata: { httpStatusCode: 429 } })],
  ['throttling', error('ThrottlingException', { $metadata: { httpStatusCode: 400 } })],
  ['two writers at once', error('ConditionalRequestConflict', { $metadata: { httpStatusCode: 409 } })],
  ['a connection that was refused', error('Error', { syscall: 'connect', code: 'ECONNREFUSED' })],
  ['a connection that was reset', error('Error', { code: 'ECONNRESET' })],
  ['a time-out', error('TimeoutError')],
])('counts %s as transient', (_what, thrown) => {
  expect(isTransient(thrown)).toBe(true);
  expect(asTransient(thrown)).toMatchObject({ name: 'TransientError', message: (thrown as Error).message });
});

it.each([
  ['a refusal', error('AccessDenied', { $metadata: { httpStatusCode: 403 } })],
  ['an error of the pipeline', error('empty-file')],
  ['an error of the code', new TypeError('x is not a function')],
])('leaves %s as it is', (_what, thrown) => {
  expect(isTransient(thrown)).toBe(false);
  expect(asTransient(thrown)).toBe(thrown);
});

it('knows no status where there was no answer', () => {
  expect(statusOf(new Error('no answer'))).toBe(0);
});
