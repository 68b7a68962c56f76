import { expectConservation } from './conservation';
import { lines, MIXED_ORDERS, putCategories, records } from './orders';
import { Pipeline } from './pipeline';
import { startTarget, type Target } from './target';

let target: Target;
let orders: Pipeline;

beforeAll(async () => {
  target = await startTarget('EtlE2eOrders-dev');
  orders = new Pipeline(target, 'Orders');
  await putCategories(orders);
});
afterAll(() => target?.stop());

/** What a person does in a spreadsheet: cells are corrected, the four last columns stay as they are. */
function corrected(rejects: string): string {
  return rejects
    .replace('2,book,x,', '2,book,4,')
    .replace('4,lamp,0,', '4,lamp,1,')
    .replace('1,cup,', '9,cup,')
    .replace(',XX,', ',FR,');
}

it('publishes corrected rejects under their own name, beside the first output', async () => {
  const first = await orders.run('raw/day.csv', MIXED_ORDERS);
  const before = await orders.text(first.outputs[0]);
  const name = first.rejects!.replace('failed/', '');
  const replay = await orders.run(`raw/${name}`, corrected((await orders.text(first.rejects!))!));
  expect(replay).toMatchObject({
    status: 'SUCCEEDED',
    outputs: [`processed/${name}`],
    rowsRead: 7,
    rowsWritten: 4,
    rowsRejected: 3,
  });
  expect(
    records(await orders.text(replay.outputs[0])).map((row) => [row.id, row.product, row.total]),
  ).toEqual([
    ['2', 'book', '40.00'],
    ['4', 'lamp', '3.00'],
    ['9', 'cup', '1.00'],
    ['5', 'chair', '100.00'],
  ]);
  expect(await orders.text(first.outputs[0])).toBe(before);
});

it('takes the rejects of a replay in its turn', async () => {
  const first = await orders.run('raw/turns.csv', MIXED_ORDERS);
  const name = first.rejects!.replace('failed/', 'raw/');
  // The order that was a duplicate is none any more where the first one does not stand.
  const second = await orders.run(name, (await orders.text(first.rejects!))!);
  expect(second).toMatchObject({ status: 'SUCCEEDED', rowsRead: 7, rowsWritten: 1, rowsRejected: 6 });
  const third = await orders.run(
    second.rejects!.replace('failed/', 'raw/'),
    (await orders.text(second.rejects!))!,
  );
  expect(third).toMatchObject({ status: 'SUCCEEDED', rowsRead: 6, rowsRejected: 6 });
  expect(lines(await orders.text(third.rejects!))[0]).toEqual(lines(await orders.text(first.rejects!))[0]);
});

it('fails a file that is named like rejects and has not their columns', async () => {
  const job = await orders.run(`raw/day.${'0'.repeat(32)}.rejects.csv`, 'id,product\n1,pen\n');
  expect(job).toMatchObject({ status: 'FAILED', step: 'validate', outputs: [] });
});

it('fails rejects under another name, since their columns do not fit the schema', async () => {
  const first = await orders.run('raw/renamed.csv', MIXED_ORDERS);
  const job = await orders.run('raw/corrections.csv', (await orders.text(first.rejects!))!);
  expect(job).toMatchObject({ status: 'FAILED', step: 'validate', outputs: [] });
  expect(['extra-label', 'reserved-label']).toContain(job.errorCode);
});

it('conserves the rows of every job', () => expectConservation(orders));
