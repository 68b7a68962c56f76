import { applyParameters, contextOf, dataOf, outputOf } from './data-flow';
import { withErrorRules } from './error-rules';
import { runTogether } from './run-together';
import type { Outcome, Visit } from './visit';
import { runWorkflow } from './workflow';
import type { ParallelState } from '../definition/definition';

export async function visitParallel(visit: Visit<ParallelState>): Promise<Outcome> {
  return withErrorRules(visit, async (retryCount) => {
    const data = dataOf(visit, contextOf(visit, retryCount));
    const input = applyParameters(visit.state.Parameters, data, visit.name);
    visit.trail.add('ParallelStateStarted');
    const { results, firstError } = await runTogether(visit, {
      count: visit.state.Branches.length,
      concurrency: visit.state.Branches.length,
      toleratedFailures: 0,
      run: async (i, scope) => runWorkflow(visit.state.Branches[i], input, scope),
    });
    if (firstError) {
      visit.trail.add('ParallelStateFailed');
      throw firstError;
    }
    visit.trail.add('ParallelStateSucceeded');
    return outputOf(visit, data, results);
  });
}
