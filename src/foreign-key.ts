import type { LookupSource } from './lookup-source';

/** Fields whose values together have to stand in a row of another file, or in a row of the file itself. */
export interface ForeignKey {
  /** Names of the fields. A row that lacks the value of one of them is not checked. */
  readonly fields: string[];

  /**
   * The file that is referred to.
   * @default - the file itself, which is then read twice
   */
  readonly source?: LookupSource;

  /**
   * Its columns, one for each field.
   * @default - those of the same names
   */
  readonly sourceFields?: string[];
}
