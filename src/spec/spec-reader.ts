import { columnNameProblem } from './column-names';
import { nearName } from './near-name';
import { oneOf, shown, type SpecProblem } from './spec-error';

/** Whether a JSON value is an object. */
export function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/**
 * Reads one object of a spec property by property, and collects what is wrong. Each method gives a value of the right
 * kind in any case, so that reading goes on to the next problem; whoever started reading throws all of them.
 */
export class SpecReader {
  private readonly members: Readonly<Record<string, unknown>>;

  constructor(
    json: unknown,
    readonly place: string,
    readonly problems: SpecProblem[],
  ) {
    this.members = isObject(json) ? json : {};
    if (!isObject(json)) this.report(undefined, 'an object', json);
  }

  /** Reports every property that is none of these. */
  only(known: readonly string[]): void {
    for (const name of Object.keys(this.members).filter((member) => !known.includes(member))) {
      const near = nearName(name, known);
      this.problem(name, 'an unknown property', near ?? `one of ${known.join(', ')}`);
    }
  }

  /** The value of a property as it stands; undefined where it is absent. */
  value(name: string): unknown {
    return Object.hasOwn(this.members, name) ? this.members[name] : undefined;
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  names(): string[] {
    return Object.keys(this.members);
  }

  report(name: string | undefined, expected: string, got: unknown = this.value(name!)): void {
    this.problem(name, shown(got), expected);
  }

  /** Reports with words of one's own for what is there. */
  problem(name: string | undefined, got: string, expected: string): void {
    this.problems.push({ place: this.placeOf(name), got, expected });
  }

  /** A text that may be empty. */
  text(name: string): string {
    return this.checked(name, 'a text', '', isText);
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  /** A text of at least one character. */
  filledText(name: string): string {
    return this.checked(name, 'a text that is not empty', ' ', (value) => isText(value) && value !== '');
  }

  /** Name of a column that is there. */
  column(name: string): string {
    return this.filledText(name);
  }

  /** Name of a column that is made. */
  newColumn(name: string): string {
    const column = this.filledText(name);
    const problem = columnNameProblem(column);
    // A text of one blank stands for what filledText has reported already.
    if (problem !== undefined && this.value(name) === column) this.report(name, problem);
    return column;
  }

  /** At least one text, none of them twice. */
  columns(name: string): string[] {
    const columns = this.texts(name);
    const value = this.value(name);
    if (Array.isArray(value) && value.length === 0) this.report(name, 'at least one column');
    columns.forEach((column, index) => {
      if (columns.indexOf(column) < index) this.report(`${name}[${index}]`, 'a column once', column);
    });
    return columns;
  }

  /** At least one name of a column that is made, none of them twice. */
  newColumns(name: string): string[] {
    const columns = this.columns(name);
    columns.forEach((column, index) => {
      const problem = columnNameProblem(column);
      if (problem !== undefined) this.report(`${name}[${index}]`, problem, column);
    });
    return columns;
  }

  texts(name: string): string[] {
    const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
    return this.checked(name, 'a list of texts', [], isTexts);
  }

  optionalTexts(name: string): string[] | undefined {
    return this.has(name) ? this.texts(name) : undefined;
  }

  flag(name: string): boolean {
    return this.checked(name, 'true or false', false, (value) => typeof value === 'boolean');
  }

  optionalFlag(name: string): boolean | undefined {
    return this.has(name) ? this.flag(name) : undefined;
  }

  /** A whole number within bounds. */
  integer(name: string, least: number, most: number): number {
    const expected = `a whole number from ${least} to ${most}`;
    const fits = (value: unknown) =>
      Number.isInteger(value) && least <= Number(value) && Number(value) <= most;
    return this.checked(name, expected, least, fits);
  }

  /** A number within bounds. */
  number(name: string, least: number, most: number): number {
    const fits = (value: unknown) => typeof value === 'number' && least <= value && value <= most;
    return this.checked(name, `a number from ${least} to ${most}`, least, fits);
  }

  choice<T extends string>(name: string, options: readonly T[]): T {
    return this.checked(name, oneOf(options), options[0], (value) => options.includes(value as T));
  }

  optionalChoice<T extends string>(name: string, options: readonly T[]): T | undefined {
    return this.has(name) ? this.choice(name, options) : undefined;
  }

  /** A reader for each member of a list. */
  list(name: string): SpecReader[] {
    const items = this.checked<unknown[]>(name, 'a list', [], Array.isArray);
    return items.map((item, index) => new SpecReader(item, `${this.placeOf(name)}[${index}]`, this.problems));
  }

  /** A reader for an object. */
  object(name: string): SpecReader {
    return new SpecReader(this.value(name), this.placeOf(name), this.problems);
  }

  private checked<T>(name: string, expected: string, instead: T, fits: (value: unknown) => boolean): T {
    const value = this.value(name);
    if (fits(value)) return value as T;
    this.report(name, expected);
    return instead;
  }

  private placeOf(name: string | undefined): string {
    if (name === undefined) return this.place;
    return this.place === '' ? name : `${this.place}.${name}`;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
