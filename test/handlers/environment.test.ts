import { listSetting, numberSetting, setting } from '../../src/handlers/environment';

afterEach(() => {
  delete process.env.ETL_BUCKET;
  delete process.env.ETL_INPUT_SUFFIXES;
  delete process.env.ETL_MAX_FILE_SIZE_BYTES;
});

it('reads a text', () => {
  process.env.ETL_BUCKET = 'orders';
  expect(setting('bucket')).toBe('orders');
});

it('names a variable that is not set', () => {
  expect(() => setting('bucket')).toThrow('environment variable ETL_BUCKET is not set');
});

it('reads a list', () => {
  process.env.ETL_INPUT_SUFFIXES = '.csv,.txt,';
  expect(listSetting('inputSuffixes')).toEqual(['.csv', '.txt']);
});

it('reads a number', () => {
  process.env.ETL_MAX_FILE_SIZE_BYTES = '1073741824';
  expect(numberSetting('maxFileSizeBytes')).toBe(1_073_741_824);
});

it.each(['0', '-1', '1.5', '1e3', '', 'many'])('refuses %j as a number', (value) => {
  process.env.ETL_MAX_FILE_SIZE_BYTES = value;
  expect(() => numberSetting('maxFileSizeBytes')).toThrow(
    `environment variable ETL_MAX_FILE_SIZE_BYTES is '${value}', expected a positive whole number`,
  );
});
