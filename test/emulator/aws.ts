import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

/** A call of one of AWS's APIs, in boto3's names. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Makes calls one after the other, and gives their answers; where there are pages, all of them as one. */
export type CallAws = (calls: readonly Call[]) => Record<string, any>[];

export function awsCaller(python: string): CallAws {
  return (calls) => {
    if (calls.length === 0) return [];
    const result = spawnSync(python, [path.join(__dirname, 'aws.py')], {
      input: JSON.stringify(calls),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (result.status !== 0) throw new Error(`a call of AWS's APIs failed:\n${result.stderr}`);
    return JSON.parse(result.stdout);
  };
}
