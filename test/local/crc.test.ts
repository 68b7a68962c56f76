import * as fc from 'fast-check';
import { CRC32_POLYNOMIAL, CRC32C_POLYNOMIAL, Crc32, Crc64, newCrc32 } from '../../src/local/crc';

const hex = (crc: { update(chunk: Uint8Array): void; digest(): Buffer }, ...chunks: Uint8Array[]): string => {
  for (const chunk of chunks) crc.update(chunk);
  return crc.digest().toString('hex');
};

it('gives the check values of the catalogue for 123456789', () => {
  const check = Buffer.from('123456789');
  expect(hex(new Crc32(CRC32_POLYNOMIAL), check)).toBe('cbf43926');
  expect(hex(new Crc32(CRC32C_POLYNOMIAL), check)).toBe('e3069283');
  expect(hex(new Crc64(), check)).toBe('ae8b14860a799888');
});

it('is the same for any bytes, in one piece or several, by table or by zlib', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
      const whole = Buffer.concat([first, second]);
      expect(hex(new Crc32(CRC32_POLYNOMIAL), first, second)).toBe(hex(newCrc32(), whole));
      expect(hex(newCrc32(), first, second)).toBe(hex(newCrc32(), whole));
      expect(hex(new Crc64(), first, second)).toBe(hex(new Crc64(), whole));
    }),
  );
});
