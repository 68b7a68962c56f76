import * as fs from 'node:fs';
import { checkedSpec, defined, whenUsed } from './checked-spec';
import type { SchemaField } from './schema-field';
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
   * How the header of a file has to fit the fields.
   * @default FieldsMatch.EXACT
   */
  readonly fieldsMatch?: FieldsMatch;
}

/**
 * What a file has to look like: a Frictionless Table Schema (https://specs.frictionlessdata.io/table-schema/). It is
 * checked at synthesis, and every problem is in the error, after the path of the construct: unknown types, constraints that do not fit their type, bounds
 * that are no values of it, patterns that are no RE2, and so on.
 *
 * Numbers of bounds and enums may be written as text in the field's notation; a JSON number that a float does not hold
 * exactly has to be.
 *
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
  public static fromFile(path: string): CsvSchema {
    const subject = `CsvSchema.fromFile(${JSON.stringify(path)})`;
    return new CsvSchema(() => schemaOf(subject, readText(subject, path)));
  }

  /**
   * A schema from the text of a Table Schema descriptor. Text that is not JSON or no sound schema is an error of the
   * construct that takes it in.
   */
  public static fromJson(text: string): CsvSchema {
    return new CsvSchema(() => schemaOf('CsvSchema.fromJson', text));
  }

  /** A schema from structs. One that is not sound is an error of the construct that takes it in. */
  public static of(props: CsvSchemaProps): CsvSchema {
    const fields = props.fields.map(({ constraints, ...field }) => {
      const { allowedValues, ...others } = constraints ?? {};
      const json = constraints && defined({ ...others, enum: allowedValues });
      return defined({ ...field, constraints: json });
    });
    return new CsvSchema(() => checkedSpec('CsvSchema.of', defined({ ...props, fields }), readTableSchema));
  }

  private readonly schema: () => TableSchema;

  private constructor(check: () => TableSchema) {
    this.schema = whenUsed(check);
  }

  /** @internal */
  public _toSpec(): TableSchema {
    return this.schema();
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
