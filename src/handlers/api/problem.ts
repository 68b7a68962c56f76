/** An answer of the REST API: Lambda proxy integration, version 1. */
export interface ApiResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Titles are the phrases of the status, as RFC 9457 wants them of `about:blank`. */
const TITLES = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

/** A request that cannot be answered as asked. */
export class Problem extends Error {
  constructor(
    readonly status: keyof typeof TITLES,
    /** Stable, for programs. */
    readonly code: string,
    /** For people. */
    readonly detail: string,
  ) {
    super(detail);
    this.name = 'Problem';
  }
}

export function jsonResponse(statusCode: number, document: object): ApiResponse {
  return { statusCode, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(document) };
}

/** A problem document: https://www.rfc-editor.org/rfc/rfc9457 */
export function problemResponse({ status, code, detail }: Problem): ApiResponse {
  return {
    statusCode: status,
    headers: { 'Content-Type': 'application/problem+json' },
    body: JSON.stringify({ type: 'about:blank', title: TITLES[status], status, detail, code }),
  };
}
