// The parts of dynalite that are used, one by one. Its own entry point requires them by computed names, which cannot be
// bundled, and puts an HTTP server around them.
declare module 'dynalite/actions/*' {
  const action: (
    store: import('dynalite/db').Store,
    data: object,
    done: (error: Error | null | undefined, result?: object) => void,
  ) => void;
  export default action;
}
declare module 'dynalite/validations/*' {
  export const types: object;
  export const custom: unknown;
}
declare module 'dynalite/validations' {
  export function checkTypes(data: object, types: object): object;
  export function checkValidations(
    data: object,
    types: object,
    custom: unknown,
    store: import('dynalite/db').Store,
  ): void;
}
declare module 'dynalite/db' {
  export interface Store {
    readonly tableDb: { awsAccountId: string; awsRegion: string };
    readonly db: { close(): Promise<void> };
  }
  export function itemSize(item: object): number;
  export function create(options: { createTableMs: number; deleteTableMs: number; updateTableMs: number }): Store;
}
