import { InvokeCommand } from '@aws-sdk/client-lambda';
import { MIXED_ORDERS, putCategories } from './orders';
import { Pipeline } from './pipeline';
import { itLocal, startTarget, type Target } from './target';
import { until } from './wait';

let target: Target;
let orders: Pipeline;

beforeAll(async () => {
  target = await startTarget('EtlE2eOrders-dev');
  orders = new Pipeline(target, 'Orders');
  await putCategories(orders);
  await orders.run('raw/day.csv', MIXED_ORDERS);
});
afterAll(() => target?.stop());

it('writes its findings as a page and as data', async () => {
  const answer = await target.lambda.send(
    new InvokeCommand({ FunctionName: orders.output('QualityCheckFunctionName'), Payload: '{}' }),
  );
  expect(answer.FunctionError).toBeUndefined();
  const reports = await orders.keys('reports/quality/');
  expect(reports).toEqual([
    expect.stringMatching(/^reports\/quality\/[\w-]+\/\d{4}-\d\d-\d\d\.html$/),
    expect.stringMatching(/^reports\/quality\/[\w-]+\/\d{4}-\d\d-\d\d\.json$/),
  ]);
  expect(await orders.text(reports[0])).toMatch(/<html/);
  expect(JSON.parse((await orders.text(reports[1]))!)).toEqual(expect.any(Object));
});

itLocal('[local] runs when its daily schedule fires', async () => {
  const started = () =>
    target.run!.journal.entries.filter(
      (entry) =>
        entry.kind === 'invocation-ended' && entry.functionName === orders.output('QualityCheckFunctionName'),
    );
  const before = started().length;
  await target.run!.fireSchedule('EtlE2eOrders-dev/Orders/Observability/QualityCheckRule/Resource');
  const [ended] = await until(async () => (started().length > before ? started().slice(before) : undefined));
  expect(ended).not.toHaveProperty('error');
});
