import { byKernel, byTypeScript } from './agreement';
import type { Case } from './arbitraries';

/** A file that comes in one piece, unless the parts say otherwise. */
export function singleCase(file: string | Buffer, parts: Pick<Case, 'spec'> & Partial<Case>): Case {
  return {
    sourceKey: 'raw/a.csv',
    file: Buffer.from(file as string),
    chunkBytes: 1e9,
    windowBytes: 262_144,
    ...parts,
  };
}

/** Holds the kernel to what the TypeScript engine makes of a case, and gives the output. */
export async function agree(one: Case): Promise<string> {
  const kernel = await byKernel(one);
  expect(kernel).toEqual(await byTypeScript(one));
  return kernel.output;
}
