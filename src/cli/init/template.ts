/** What an app is made for. */
export interface AppSubject {
  /** Path of the CSV, from the app's folder. */
  readonly csv: string;
  /** Name of the file with the schema, in the app's folder. */
  readonly schema: string;
  /** Id of the construct, in the way class names are written. */
  readonly construct: string;
  /** Name for packages: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Whether the CSV is written otherwise than the default, and has to be looked at. */
  readonly detect: boolean;
  /** The end of the CSV's name where it is another than `.csv`. */
  readonly suffix: string | undefined;
}

/** Versions that the app is made for; ranges of package.json. */
export interface Versions {
  readonly self: string;
  /** The oldest aws-cdk-lib that will do, such as `2.260.0`. */
  readonly cdkLib: string;
  readonly constructs: string;
}

/** How an app looks in one language. */
export interface LanguageTemplate {
  /** Name of the language as people write it. */
  readonly title: string;
  /** What has to be on the machine beside Node.js. */
  readonly needs: string | undefined;
  /** Shell commands that install what the app needs, to be given once. */
  readonly install: readonly string[];
  /** The file that a person opens first. */
  readonly source: string;
  /** Command that synthesises the app, for cdk.json. */
  readonly app: string;
  /** What version control leaves alone, beside what every app has. */
  readonly ignored: readonly string[];
  /** Texts of the files that no other language has, by name. */
  files(subject: AppSubject, versions: Versions): Readonly<Record<string, string>>;
}

/** A prop of the construct, as the language writes it; undefined where the default will do. */
export function props(
  subject: AppSubject,
  write: {
    readonly schema: (file: string) => string;
    readonly dialect: string;
    readonly suffixes: (suffix: string) => string;
  },
): string[] {
  return [
    write.schema(subject.schema),
    ...(subject.detect ? [write.dialect] : []),
    ...(subject.suffix === undefined ? [] : [write.suffixes(subject.suffix)]),
  ];
}

/** A text in the double quotes that all of the languages have. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

export function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Lines of a file. */
export function lines(...texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}
