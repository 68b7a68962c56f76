import type { GatewayResponseSettings } from './gateway-response';

export type Authorization = 'NONE' | 'AWS_IAM';

/** What stands behind a method: a function, or an answer of the API's own. */
export type Integration =
  | { readonly kind: 'function'; readonly functionArn: string; readonly timeoutMs: number }
  | {
      readonly kind: 'mock';
      readonly statusCode: number;
      readonly headers: Readonly<Record<string, string>>;
    };

export interface Method {
  readonly resourceId: string;
  /** `ANY` or an HTTP method. */
  readonly httpMethod: string;
  readonly authorization: Authorization;
  readonly integration: Integration;
  readonly validatorId: string | undefined;
  /** Places such as `method.request.path.jobId`, and whether each must be there. */
  readonly parameters: Readonly<Record<string, boolean>>;
  /** Model name by content type. */
  readonly models: Readonly<Record<string, string>>;
}

export interface Validator {
  readonly body: boolean;
  readonly parameters: boolean;
}

export interface Stage {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>> | null;
  /** Limits by `<resource path>/<method>`, `*` for either. */
  readonly throttling: ReadonlyMap<string, Throttling>;
}

export interface Throttling {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

interface Resource {
  readonly parentId: string | undefined;
  readonly pathPart: string;
}

/** A method that was found for a request. */
export interface Route {
  readonly method: Method;
  /** The resource's path as written, such as `/status/{jobId}`. */
  readonly resourcePath: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** One REST API as its template describes it. */
export class RestApi {
  readonly rootResourceId = 'root';
  readonly models = new Map<string, object>();
  readonly validators = new Map<string, Validator>();
  readonly stages = new Map<string, Stage>();
  readonly gatewayResponses = new Map<string, GatewayResponseSettings>();
  private readonly resources = new Map<string, Resource>([['root', { parentId: undefined, pathPart: '' }]]);
  private readonly methods: Method[] = [];

  constructor(
    readonly id: string,
    readonly name: string,
    readonly binaryMediaTypes: readonly string[],
  ) {}

  addResource(id: string, parentId: string, pathPart: string): void {
    this.resources.set(id, { parentId, pathPart });
  }

  addMethod(method: Method): void {
    this.methods.push(method);
  }

  /** Finds the method for a path below the stage: fixed parts go before parameters, these before `{proxy+}`. */
  route(httpMethod: string, path: string): Route | undefined {
    const segments = path.split('/').filter((segment) => segment !== '');
    const candidates = [...this.resources.keys()]
      .map((id) => ({ id, parts: this.partsOf(id) }))
      .filter(({ parts }) => matches(parts, segments))
      .sort((left, right) => compareParts(left.parts, right.parts));
    for (const { id, parts } of candidates) {
      const method =
        this.methods.find((each) => each.resourceId === id && each.httpMethod === httpMethod) ??
        this.methods.find((each) => each.resourceId === id && each.httpMethod === 'ANY');
      if (method) {
        return { method, resourcePath: `/${parts.join('/')}`, pathParameters: parametersOf(parts, segments) };
      }
    }
    return undefined;
  }

  private partsOf(id: string): string[] {
    const { parentId, pathPart } = this.resources.get(id)!;
    return parentId === undefined ? [] : [...this.partsOf(parentId), pathPart];
  }
}

const isGreedy = (part: string | undefined): boolean => part?.endsWith('+}') ?? false;
const isParameter = (part: string): boolean => part.startsWith('{');

function matches(parts: readonly string[], segments: readonly string[]): boolean {
  const fits = isGreedy(parts.at(-1)) ? segments.length >= parts.length : segments.length === parts.length;
  return fits && parts.every((part, index) => isParameter(part) || part === segments[index]);
}

function compareParts(left: readonly string[], right: readonly string[]): number {
  const weight = (part: string): number => (isGreedy(part) ? 2 : isParameter(part) ? 1 : 0);
  const differing = left.findIndex((part, index) => weight(part) !== weight(right[index] ?? ''));
  return differing < 0 ? 0 : weight(left[differing]!) - weight(right[differing] ?? '');
}

function parametersOf(parts: readonly string[], segments: readonly string[]): Record<string, string> {
  const entries = parts.flatMap((part, index) => {
    if (!isParameter(part)) return [];
    const value = isGreedy(part) ? segments.slice(index).join('/') : segments[index]!;
    return [[part.replace(/^\{|\+?\}$/g, ''), decodeURIComponent(value)]];
  });
  return Object.fromEntries(entries);
}
