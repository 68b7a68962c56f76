import * as path from 'node:path';

/** Folder of the CSV files of the npm package `vega-datasets` (BSD-3-Clause), just as they are published. */
const DATA = path.join(path.dirname(require.resolve('vega-datasets')), '..', 'data');

/** Absolute path of one of these files. */
export function dataset(fileName: string): string {
  return path.join(DATA, fileName);
}
