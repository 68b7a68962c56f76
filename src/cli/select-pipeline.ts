import { UsageError } from './usage-error';
import { readAssembly } from '../local/assembly';
import { pipelinePaths } from '../local/template/pipelines';

/**
 * The pipeline of an app to run: the one that is named, or the only one.
 *
 * @returns its construct path
 * @throws UsageError that lists the pipelines there are
 */
export function selectPipeline(assembly: string, named: string | undefined): string {
  const paths = pipelinePaths(readAssembly(assembly));
  const list = paths.map((path) => `\n  --pipeline ${path}`).join('');
  if (paths.length === 0) {
    throw new UsageError('the app has no pipeline: no stack of it holds a ServerlessCsvEtl');
  }
  if (named !== undefined && !paths.includes(named)) {
    throw new UsageError(`the app has no pipeline '${named}'; it has${list}`);
  }
  if (named === undefined && paths.length > 1) {
    throw new UsageError(`the app has ${paths.length} pipelines; say which one:${list}`);
  }
  return named ?? paths[0]!;
}
