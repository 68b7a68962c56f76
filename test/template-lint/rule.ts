import type { AppName } from './apps';
import type { Draft } from './draft';
import type { RenderedTemplate } from './rendered-template';

/** A place of a template that breaks a rule. */
export interface Finding {
  /** Logical id. */
  readonly resource: string;
  readonly problem: string;
}

/** Something that AWS demands of a stack, or that a stack has to have so that it works on AWS. */
export interface Rule {
  readonly id: string;
  /** What holds, as a sentence. */
  readonly says: string;
  /** Where AWS says so. */
  readonly source: string;
  /** Templates that break this rule and no other, by what is wrong with them. */
  readonly violations: Readonly<Record<string, (draft: Draft) => void>>;
  /**
   * The app whose template the violations begin with.
   * @default 'all props'
   */
  readonly violated?: AppName;

  check(template: RenderedTemplate): Finding[];
}
