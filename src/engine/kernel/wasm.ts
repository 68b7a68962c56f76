import { KERNEL } from './kernel.generated';

/** What the kernel exports, see kernel.ts of the assembly. Places are addresses in its memory. */
export interface KernelExports extends ParquetExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly nextRecord: Global;
  readonly afterCarriageReturn: Global;
  readonly added: Global;
  readonly written: Global;
  readonly outputEnd: Global;
  readonly ROW_DOUBTS: Global;
  readonly DOUBTS: Global;
  readonly ROW_FILTERED: Global;
  readonly ROW_MARKS: Global;
  readonly ROW_STARTS: Global;
  readonly ROW_ENDS: Global;
  readonly ROW_CELLS: Global;
  readonly ROW_QUOTES: Global;
  readonly CELL_STARTS: Global;
  readonly CELL_ENDS: Global;
  firstFree(): number;
  start(program: number): void;
  tokenize(program: number, from: number, to: number): number;
  check(program: number, rows: number): void;
  listDoubts(program: number, rows: number): number;
  cells(program: number, column: number, rows: number): void;
  begin(plan: number, rows: number, firstRow: number): void;
  operate(program: number, plan: number, from: number, to: number, rows: number): void;
  reserveRoom(bytes: number): number;
  nextDoubtful(row: number, end: number): number;
  add(program: number, directory: number, column: number, doubts: number, row: number, end: number): number;
  searchSplit(delimiter: number, quote: number, from: number, to: number): void;
  splitRecords(inQuotes: number): number;
  splitBoundary(inQuotes: number): number;
  splitEndsInQuotes(inQuotes: number): number;
  setRowNumber(number: number): void;
  placeLookupKeys(directory: number, keys: number): number;
  addLookupNumbers(directory: number): number;
  addLookupHashes(directory: number): void;
  writeLookupTexts(
    directory: number,
    entries: number,
    cells: number,
    lengths: number,
    output: number,
  ): number;
  write(program: number, plan: number, row: number, end: number, output: number, limit: number): number;
}

/** What writes Parquet, see parquet/index.ts of the assembly. */
interface ParquetExports {
  readonly KEPT_ROWS: Global;
  readonly LEFT: Global;
  readonly VALUES: Global;
  readonly pageLength: Global;
  parquetCells(starts: number, ends: number, rows: number): void;
  parquetEntries(column: number, list: number, count: number, numbers: number): void;
  parquetRead(column: number, count: number): number;
  parquetAppend(column: number, from: number, to: number): number;
  parquetPageIsFull(column: number): number;
  parquetLongText(column: number, at: number, length: number): void;
  parquetEndPage(column: number): number;
  parquetBeginGroup(column: number): void;
  snappy(input: number, length: number, output: number): number;
}

/** A variable of the kernel. */
export interface Global {
  value: number;
}

/** The part of the WebAssembly API that is used: TypeScript declares it for browsers alone. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** Compiles a module; null on machines without the vector instructions of WebAssembly. */
export function compile(bytes: Uint8Array): object | null {
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return null;
  }
}

/** Compiled once, when it is first asked for. */
let compiled: object | null | undefined;

function kernelModule(): object | null {
  if (compiled === undefined) compiled = compile(Buffer.from(KERNEL, 'base64'));
  return compiled;
}

/** A kernel with a memory of its own; undefined on machines that cannot run it. */
export function newKernel(module = kernelModule()): KernelExports | undefined {
  return module ? (new WebAssembly.Instance(module).exports as KernelExports) : undefined;
}
