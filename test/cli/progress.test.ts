import { showProgress } from '../../src/cli/progress';
import { RunJournal } from '../../src/local/journal';

function shown(error: string | undefined, lines: readonly string[]): string[] {
  const journal = new RunJournal();
  const printed: string[] = [];
  const hide = showProgress(journal, (line) => printed.push(line));
  const called = { functionName: 'my-step', requestId: '1' };
  journal.record({ kind: 'invocation-started', ...called });
  for (const line of lines) {
    journal.record({ kind: 'log', functionName: 'my-step', stream: 'stdout', line });
  }
  journal.record({ kind: 'invocation-ended', ...called, durationMs: 1, ...(error && { error }) });
  hide();
  return printed;
}

it('shows what a function printed when it fails by an error of its own', () => {
  expect(shown('TypeError', ['HELLO', 'boom'])).toEqual([
    'my-step failed with TypeError; it printed:',
    '  | HELLO',
    '  | boom',
  ]);
});

it('shows the last lines of a function that printed many', () => {
  const lines = Array.from({ length: 100 }, (_, line) => String(line));
  expect(shown('TypeError', lines)).toHaveLength(21);
  expect(shown('TypeError', lines).at(-1)).toBe('  | 99');
});

it("is silent about a failure that the job itself explains, and about functions that don't fail", () => {
  expect(shown('empty-file', ['HELLO'])).toEqual([]);
  expect(shown(undefined, ['HELLO'])).toEqual([]);
});
