import { DEFAULT_DIALECT } from '../../../src/engine';
import { BATCH_ROWS, cellText } from '../../../src/engine/batch';
import { KernelMemory } from '../../../src/engine/kernel/kernel-memory';
import { compileProgram } from '../../../src/engine/kernel/program';
import { Slots } from '../../../src/engine/kernel/slots';
import { newKernel } from '../../../src/engine/kernel/wasm';
import { words } from '../../../src/engine/kernel/words';
import { pipeline } from '../in-memory';

const LOAD = 1;

/** The cells of the second of three columns, as the kernel puts them into a slot; undefined where it gives up. */
function load(text: string, arenaBytes: number): Array<string | undefined> {
  const memory = new KernelMemory(newKernel()!);
  const { kernel } = memory;
  const program = compileProgram(memory, pipeline(), DEFAULT_DIALECT, [undefined, undefined, undefined], 100);
  const slots = new Slots(memory);
  const slot = slots.add();
  const operations = memory.store(words([LOAD, 4, slot, 0, 0, 0]));
  const arena = memory.allocate(arenaBytes);
  const plan = memory.store(words([1, operations, arena, arena + arenaBytes]));
  const at = memory.store(Buffer.from(text));
  const rows = kernel.tokenize(program.address, at, at + text.length);
  kernel.begin(plan, rows, 1);
  kernel.operate(program.address, plan, 0, 1, rows);
  const doubts = memory.words(kernel.ROW_DOUBTS.value, BATCH_ROWS);
  return Array.from({ length: rows }, (_, row) =>
    doubts[row] === 0 ? cellText(slots.column(slot), row) : undefined,
  );
}

it('hold the values of a source column, without the quotes around and inside them', () => {
  expect(load('1,a,x\n2,"b,c",x\n3,,x\n4,"",x\n5,"d ""e""",x\n6\n', 1024)).toEqual([
    ...['a', 'b,c', '', '', 'd "e"'],
    undefined,
  ]);
});

it('leave records to the host whose values have no room', () => {
  expect(load('1,"a""",x\n2,"b""c",x\n3,d,x\n', 36)).toEqual(['a"', undefined, 'd']);
});

it('take bytes of the host while there is room', () => {
  const memory = new KernelMemory(newKernel()!);
  const slots = new Slots(memory);
  const slot = slots.add();
  const arena = memory.allocate(40);
  memory.kernel.begin(memory.store(words([0, 0, arena, arena + 40])), 1, 1);
  const bytes = Buffer.from('-abcde-');
  expect([0, 1].map((row) => slots.setBytes(slot, row, bytes, 1, 6))).toEqual([true, false]);
  memory.allocate(100_000);
  expect(cellText(slots.column(slot), 0)).toBe('abcde');
});
