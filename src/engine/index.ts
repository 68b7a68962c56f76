/**
 * The CSV engine by itself: validates, transforms and enriches CSV as streams of bytes, in bounded memory, and knows no
 * AWS. `csvEngine` implements `CsvEngine`; `readCsv` reads a CSV record by record.
 */
export * from './batch';
export * from './csv-engine';
export * from './engine';
export * from './read/read-csv';
export * from './write/csv-writer';
export * from '../spec/dialect-spec';
export * from '../spec/pipeline-error';
export * from '../spec/pipeline-spec';
export * from '../spec/table-schema';
