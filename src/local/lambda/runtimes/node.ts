import * as path from 'node:path';
import { NODE_RUNTIME } from './node-runtime-client';
import type { Runtime } from './runtime';

const PROGRAM = 'node-runtime.cjs';
/** Part of a function's memory that Node's heap may take; the rest is for buffers, code and stacks. */
const HEAP_SHARE = 0.9;

/** The Node that runs the local run also runs the functions, whichever version they name. */
export const NODE: Runtime = {
  pattern: /^nodejs\d+\.x$/,
  programs: { [PROGRAM]: NODE_RUNTIME },
  find:
    ({ settings, programs }) =>
    (mark) => ({
      command: process.execPath,
      arguments: [
        `--max-old-space-size=${Math.floor(settings.memoryMb * HEAP_SHARE)}`,
        path.join(programs, PROGRAM),
        mark,
      ],
      marksOutput: true,
    }),
};
