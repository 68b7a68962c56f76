import { ScaledClock } from '../../../src/local/stepfunctions/clock';

const signal = () => new AbortController().signal;

it('waits for hours in no time on a scale of 0', async () => {
  await expect(new ScaledClock(0).wait(36_000, signal())).resolves.toBeUndefined();
});

it('ends a wait when it is asked to, and does not begin one after that', async () => {
  const controller = new AbortController();
  const wait = new ScaledClock(1).wait(1e9, controller.signal);
  controller.abort();
  await expect(wait).resolves.toBeUndefined();
  await expect(new ScaledClock(1).wait(1e9, controller.signal)).resolves.toBeUndefined();
});

it('calls back when a limit is over, and never once it has been cancelled', async () => {
  const clock = new ScaledClock(1);
  const cancelled = jest.fn();
  clock.after(0, cancelled).cancel();
  const held = setInterval(() => undefined, 1000);
  await new Promise<void>((resolve) => clock.after(0, resolve));
  clearInterval(held);
  expect(cancelled).not.toHaveBeenCalled();
});

it('tells the time of the machine', () => {
  const before = Date.now();
  expect(new ScaledClock(0).now()).toBeGreaterThanOrEqual(before);
});
