import type { Workshop } from '../workshop';

/** The package as its users get it, and what every language shares. */
export interface Packages {
  /** The npm tarball. */
  readonly tarball: string;
  /** Folder with the generated sources, one folder a language. */
  readonly code: string;
  /** The command line out of the installed tarball, once it is installed. */
  readonly commandLine: Promise<string>;
  /** Exact versions of what the package is for. */
  readonly cdk: { readonly 'aws-cdk-lib': string; readonly constructs: string };
}

/** What one language came to. */
export interface Outcome {
  /** Folder with the templates of the five-fold app. */
  readonly templates?: string;
  /** The lines that the mistakes of the five-fold app are told. */
  readonly refusals?: string;
  /** What the example's pipeline published of its file. */
  readonly published?: string;
}

/** Installs the package in fresh folders, as its users do, and builds the five-fold app and the example with it. */
export interface Language {
  readonly name: string;
  /** Programs that have to be on the machine, and how to get them. */
  readonly needs: Readonly<Record<string, string>>;
  readonly run: (workshop: Workshop, packages: Packages) => Promise<Outcome[]>;
}
