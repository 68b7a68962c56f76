import fc from 'fast-check';
import { KernelMemory } from '../../../src/engine/kernel/kernel-memory';
import { newKernel } from '../../../src/engine/kernel/wasm';
import { compressSnappy } from '../../../src/engine/parquet/snappy';

/** Undoes Snappy by the letter of its format, so that nothing of what compresses is trusted. */
function decompress(data: Uint8Array): Buffer {
  let at = 0;
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    length |= (data[at] & 0x7f) << shift;
    if (data[at++] < 0x80) break;
  }
  const out = Buffer.alloc(length);
  let put = 0;
  while (at < data.length) {
    const tag = data[at++];
    if ((tag & 3) === 0) {
      let size = (tag >> 2) + 1;
      if (size > 60) {
        const bytes = size - 60;
        size = Buffer.from(data).readUIntLE(at, bytes) + 1;
        at += bytes;
      }
      out.set(data.subarray(at, at + size), put);
      at += size;
      put += size;
    } else {
      const near = (tag & 3) === 1;
      const size = near ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
      const offset = near ? ((tag >> 5) << 8) | data[at] : data[at] | (data[at + 1] << 8);
      at += near ? 1 : 2;
      for (let left = size; left > 0; left--, put++) out[put] = out[put - offset];
    }
  }
  expect(put).toBe(length);
  return out;
}

/** Pieces that come again, near and far, and others that do not. */
const pieces = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.nat({ max: 300 }))
      .map(([piece, times]) => Buffer.concat(Array<Uint8Array>(times).fill(piece))),
    fc.constantFrom(Buffer.alloc(70_000, 'abcdefgh'), Buffer.from('again and again')),
  ),
  { maxLength: 12 },
);

describe('Snappy', () => {
  it('gives back what was compressed, and is the same in the kernel', () => {
    const memory = new KernelMemory(newKernel()!);
    const [input, output] = [memory.allocate(1_000_000), memory.allocate(1_300_000)];
    fc.assert(
      fc.property(pieces, (parts) => {
        const data = Buffer.concat(parts);
        const compressed = compressSnappy(data);
        expect(decompress(compressed).equals(data)).toBe(true);
        memory.bytes.set(data, input);
        const length = memory.kernel.snappy(input, data.length, output);
        expect(memory.bytes.subarray(output, output + length).equals(compressed)).toBe(true);
      }),
    );
  });
});
