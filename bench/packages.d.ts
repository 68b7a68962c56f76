/* What the bench uses of packages that are installed when it first runs, so that the rest is checked without them. */

declare module '@duckdb/node-api' {
  interface Reader {
    getRowObjects(): Record<string, unknown>[];
  }
  interface Connection {
    runAndReadAll(sql: string): Promise<Reader>;
  }
  export const DuckDBInstance: {
    create(path: string, options: Record<string, string>): Promise<{ connect(): Promise<Connection> }>;
  };
}

declare module 'papaparse' {
  import type { Duplex } from 'node:stream';
  export const NODE_STREAM_INPUT: unique symbol;
  export function parse(input: typeof NODE_STREAM_INPUT, options: object): Duplex;
}

declare module 'fast-csv' {
  import type { Transform } from 'node:stream';
  export function parse(options: object): Transform;
}

declare module 'udsv' {
  export interface Parser {
    readonly stringArrs: unknown;
    chunk(text: string, kind: unknown, take: (cells: string[]) => void): void;
    end(): void;
  }
  export function inferSchema(text: string): object;
  export function initParser(schema: object): Parser;
}

declare module 'nodejs-polars' {
  type Type = object;
  interface Expression {
    readonly str: {
      lengths(): Expression;
      contains(pattern: string): Expression;
      strptime(type: Type, format: string): Expression;
      strip(): Expression;
      slice(from: number, length: number): Expression;
    };
    cast(type: Type, strict?: boolean): Expression;
    isNull(): Expression;
    isNotNull(): Expression;
    isIn(values: readonly string[]): Expression;
    isFirstDistinct(): Expression;
    eq(value: number): Expression;
    gtEq(value: number): Expression;
    ltEq(value: number): Expression;
    and(other: Expression): Expression;
    or(other: Expression): Expression;
    mul(other: Expression): Expression;
    round(digits: number): Expression;
    alias(name: string): Expression;
  }
  interface Frame {
    readonly height: number;
    filter(expression: Expression): Frame;
    withColumns(...expressions: Expression[]): Frame;
    drop(column: string): Frame;
    rename(names: Record<string, string>): Frame;
    join(other: Frame, options: object): Frame;
    writeCSV(file: string): void;
    writeParquet(file: string, options: object): void;
  }
  const pl: {
    readonly Int64: Type;
    readonly Float64: Type;
    readonly String: Type;
    Datetime(unit: string): Type;
    col(name: string): Expression;
    lit(value: string): Expression;
    readCSV(file: string, options?: object): Frame;
  };
  export default pl;
}
