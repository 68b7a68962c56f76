/** 32-bit words as the kernel reads them. */
export function words(numbers: readonly number[]): Buffer {
  const data = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, index) => data.writeInt32LE(number | 0, index * 4));
  return data;
}
