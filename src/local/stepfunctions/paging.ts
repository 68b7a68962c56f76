import { AwsError } from '../services';

/** The most items of an answer. */
const LARGEST_PAGE = 1_000;

/** One page of a list, and the token of the next one. */
export function page<T>(
  all: readonly T[],
  size: number,
  token: string | undefined,
): { items: T[]; nextToken?: string } {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isSafeInteger(start) || start < 0) {
    throw new AwsError('InvalidToken', `Invalid Token: '${token}'`);
  }
  const end = start + Math.min(size, LARGEST_PAGE);
  return { items: all.slice(start, end), nextToken: end < all.length ? String(end) : undefined };
}
