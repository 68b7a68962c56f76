import { HEADER, putCategories } from './orders';
import { Pipeline } from './pipeline';
import { DEPLOYED, itLocal, startTarget, type Target } from './target';

/** A cell's value that stands in no place but raw/, staging/, processed/ and failed/. */
const CANARY = 'kanarienvogel8c1f';

const targets: Target[] = [];
let orders: Pipeline;
let headerless: Pipeline;

beforeAll(async () => {
  if (DEPLOYED) return;
  targets.push(await startTarget('EtlE2eOrders-dev'), await startTarget('EtlE2eOutcomes-dev'));
  orders = new Pipeline(targets[0], 'Orders');
  headerless = new Pipeline(targets[1], 'Headerless');
  await putCategories(orders);
});
afterAll(() => Promise.all(targets.map((target) => target.stop())));

const ORDERS: [string, string | Buffer][] = [
  ['a valid cell', `${HEADER}\n1,${CANARY},1,1,05/01/2026,DE\n`],
  ['a cell of the wrong type', `${HEADER}\n1,pen,${CANARY},1,05/01/2026,DE\n`],
  ['a cell that breaks a constraint', `${HEADER}\n1,${CANARY.repeat(2)},1,1,05/01/2026,DE\n`],
  ['a cell that the lookup does not know', `${HEADER}\n1,pen,1,1,05/01/2026,${CANARY}\n`],
  ['a surplus cell', `${HEADER}\n1,pen,1,1,05/01/2026,DE,${CANARY}\n`],
  ['a short row', `${HEADER}\n${CANARY}\n`],
  ['a cell beside bytes that are not text', Buffer.from(`${HEADER}\n1,${CANARY}\xff,1,1,,DE\n`, 'latin1')],
  ['a quote that is never closed', `${HEADER}\n1,"${CANARY},1,1,,DE\n`],
  ['text after a closing quote', `${HEADER}\n1,"pen"${CANARY},1,1,,DE\n`],
];
const HEADERLESS: [string, string | Buffer][] = [
  ['the first record of a file without header', `1,${CANARY}\n`],
  ['a first record that is too long', `1,a,${CANARY}\n`],
  ['a first record of the wrong type', `${CANARY},a\n`],
  ['a first record beside bytes that are not text', Buffer.from(`1,${CANARY}\xff\n`, 'latin1')],
];

function expectNoTrace(target: Target): void {
  // The list of objects is left out: it holds keys, never cells.
  const said = target.run!.journal.entries.filter((entry) => entry.kind !== 'object-created');
  expect(said.length).toBeGreaterThan(0);
  expect(said.filter((entry) => JSON.stringify(entry).includes(CANARY))).toEqual([]);
}

itLocal.each(ORDERS)(
  '[local] keeps %s out of logs, metrics, job items and state inputs',
  async (what, body) => {
    const job = await orders.run(`raw/${what}.csv`, body);
    expect(JSON.stringify(job)).not.toContain(CANARY);
    expectNoTrace(orders.target);
  },
);

itLocal.each(HEADERLESS)('[local] keeps %s out of them too', async (what, body) => {
  const job = await headerless.run(`raw/${what}.csv`, body);
  expect(JSON.stringify(job)).not.toContain(CANARY);
  expectNoTrace(headerless.target);
});
