import * as fs from 'node:fs';
import { checkedSpec, defined, whenUsed } from './checked-spec';
import type { ForeignKey } from './foreign-key';
import type { LookupSource } from './lookup-source';
import type { SchemaField } from './schema-field';
import { describeForeignKeys, referenceProblems } from './schema-resources';
import { readTableSchema } from './spec/schema/check-table-schema';
import { SpecError } from './spec/spec-error';
import type { TableSchema } from './spec/table-schema';

/** How the header of a file has to fit the fields of its schema (Table Schema v2, `fieldsMatch`). */
export enum FieldsMatch {
  /** The same names in the same order. */
  EXACT = 'exact',
  /** The same names in any order. */
  EQUAL = 'equal',
  /** All fields, and further columns. */
  SUBSET = 'subset',
  /** No column that is not a field; fields may be missing. */
  SUPERSET = 'superset',
  /** At least one field. */
  PARTIAL = 'partial',
}

/** A schema as structs. */
export interface CsvSchemaProps {
  /** The columns of a file, in their order. At least one, each name once. */
  readonly fields: SchemaField[];

  /**
   * Cells that count as missing. A missing cell is published as an empty one.
   * @default ['']
   */
  readonly missingValues?: string[];

  /**
   * Names of the fields that together are unique, and never missing.
   * @default - no primary key
   */
  readonly primaryKey?: string[];

  /**
   * Lists of names of fields that together are unique. Unlike those of a primary key they may be missing; such a row is
   * equal to no other (Table Schema v2).
   * @default - no unique keys beside the primary key
   */
  readonly uniqueKeys?: string[][];

  /**
   * Fields whose values have to stand in another file, or in another row of the file itself.
   * @default - no foreign keys
   */
  readonly foreignKeys?: ForeignKey[];

  /**
   * How the header of a file has to fit the fields.
   * @default FieldsMatch.EXACT
   */
  readonly fieldsMatch?: FieldsMatch;
}

/** What a descriptor does not hold itself. */
export interface CsvSchemaOptions {
  /**
   * The files that the descriptor's foreign keys refer to, by the names of their resources.
   * @default - its foreign keys refer to no other file
   */
  readonly resources?: Record<string, LookupSource>;
}

/**
 * What a file has to look like: a Frictionless Table Schema (https://specs.frictionlessdata.io/table-schema/). It is
 * checked at synthesis, and every problem is in the error, after the path of the construct: unknown types, constraints that do not fit their type, bounds
 * that are no values of it, patterns that are no RE2, and so on.
 *
 * Numbers of bounds and enums may be written as text in the field's notation; a JSON number that a float does not hold
 * exactly has to be.
 *
 * @exampleMetadata fixture=pipeline
 * @example
 * CsvSchema.of({
 *   fields: [
 *     { name: 'order_id', type: FieldType.INTEGER, constraints: { required: true, unique: true } },
 *     { name: 'price', type: FieldType.NUMBER, constraints: { minimum: '0' } },
 *     { name: 'ordered_on', type: FieldType.DATE },
 *   ],
 * });
 */
export class CsvSchema {
  /**
   * A schema from a JSON file, a Table Schema descriptor. The path is relative to the working directory.
   * A file that cannot be read, is not JSON or is no sound schema is an error of the construct that takes it in.
   */
  public static fromFile(path: string, options: CsvSchemaOptions = {}): CsvSchema {
    const subject = `CsvSchema.fromFile(${JSON.stringify(path)})`;
    return new CsvSchema(() => schemaOf(subject, readText(subject, path)), options.resources);
  }

  /**
   * A schema from the text of a Table Schema descriptor. Text that is not JSON or no sound schema is an error of the
   * construct that takes it in.
   */
  public static fromJson(text: string, options: CsvSchemaOptions = {}): CsvSchema {
    return new CsvSchema(() => schemaOf('CsvSchema.fromJson', text), options.resources);
  }

  /** A schema from structs. One that is not sound is an error of the construct that takes it in. */
  public static of(props: CsvSchemaProps): CsvSchema {
    const fields = props.fields.map(({ constraints, ...field }) => {
      const { allowedValues, ...others } = constraints ?? {};
      const json = constraints && defined({ ...others, enum: allowedValues });
      return defined({ ...field, constraints: json });
    });
    const { foreignKeys, resources } = describeForeignKeys(props.foreignKeys ?? []);
    const json = defined({ ...props, fields, foreignKeys: props.foreignKeys && foreignKeys });
    return new CsvSchema(() => checkedSpec('CsvSchema.of', json, readTableSchema), resources);
  }

  private readonly schema: () => TableSchema;

  private constructor(
    check: () => TableSchema,
    private readonly sources: Readonly<Record<string, LookupSource>> = {},
  ) {
    this.schema = whenUsed(check);
  }

  /** @internal */
  public _toSpec(): TableSchema {
    return this.schema();
  }

  /**
   * The sources that the schema's foreign keys refer to, by the names of their resources.
   * @internal
   */
  public _resources(): Record<string, LookupSource> {
    const { foreignKeys = [] } = this.schema();
    const problems = referenceProblems(foreignKeys, this.sources);
    if (problems.length > 0) throw new SpecError('CsvSchema', problems);
    const names = foreignKeys.map(({ reference }) => reference.resource);
    // In the order of the foreign keys: maps have none in Java and Go, and the same app has to give the same template.
    const used = names.filter((name) => Object.hasOwn(this.sources, name));
    return Object.fromEntries(used.map((name) => [name, this.sources[name]]));
  }
}

function readText(subject: string, path: string): string {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(subject, `a file that cannot be read (${(error as Error).message})`, 'a JSON file');
  }
}

function schemaOf(subject: string, text: string): TableSchema {
  return checkedSpec(subject, descriptorOf(subject, text), readTableSchema);
}

function descriptorOf(subject: string, text: string): object {
  try {
    // A byte order mark is what some editors write in front of JSON.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw unreadable(
      subject,
      `text that is not JSON (${(error as Error).message})`,
      'a Table Schema descriptor',
    );
  }
}

function unreadable(subject: string, got: string, expected: string): SpecError {
  return new SpecError(subject, [{ place: '', got, expected }]);
}
