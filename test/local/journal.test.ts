import { RunJournal } from '../../src/local/journal';
import type { JournalEntry } from '../../src/local/services';

const started = (functionName: string): JournalEntry => ({
  kind: 'invocation-started',
  functionName,
  requestId: '1',
});

it('keeps entries in the order in which they came', () => {
  const journal = new RunJournal();
  journal.record(started('a'));
  journal.record(started('b'));
  expect(journal.entries).toEqual([started('a'), started('b')]);
});

it('tells listeners each later entry at once, until they leave', () => {
  const journal = new RunJournal();
  const seen: JournalEntry[] = [];
  journal.record(started('before'));
  const off = journal.on((entry) => seen.push(entry));
  journal.record(started('a'));
  off();
  journal.record(started('after'));
  expect(seen).toEqual([started('a')]);
});

it('waits for an entry that is there already, and for one to come', async () => {
  const journal = new RunJournal();
  journal.record(started('a'));
  const isB = (entry: JournalEntry): boolean =>
    entry.kind === 'invocation-started' && entry.functionName === 'b';
  const coming = journal.waitFor(isB);
  await expect(journal.waitFor((entry) => entry.kind === 'invocation-started')).resolves.toEqual(
    started('a'),
  );
  journal.record(started('other'));
  journal.record(started('b'));
  await expect(coming).resolves.toEqual(started('b'));
});
