/** One thing that is wrong with a spec. */
export interface SpecProblem {
  /** Where: property names and list positions, as in `fields[2].constraints.minimum`; empty for the whole. */
  readonly place: string;
  /** What stands there, as text for a person. */
  readonly got: string;
  readonly expected: string;
}

/** A spec that breaks its rules. All problems are in the message, so that one synthesis shows them all. */
export class SpecError extends Error {
  constructor(
    /** What was checked, as in `table schema` or `transforms[1]`; leads the message. */
    readonly subject: string,
    readonly problems: readonly SpecProblem[],
    options?: ErrorOptions,
  ) {
    super(messageOf(subject, problems), options);
    this.name = 'SpecError';
  }

  /** The same problems under a longer subject: a construct's path and prop, a file's name. */
  under(subject: string): SpecError {
    return new SpecError(`${subject}: ${this.subject}`, this.problems, { cause: this });
  }
}

function messageOf(subject: string, problems: readonly SpecProblem[]): string {
  const lines = problems.map(({ place, got, expected }) => {
    const lead = place === '' ? '' : `${place}: `;
    return `${lead}got ${got}, expected ${expected}`;
  });
  if (lines.length === 1) return `${subject}: ${lines[0]}`;
  return `${subject}: ${lines.length} problems\n${lines.map((line) => `  - ${line}`).join('\n')}`;
}

const LONGEST_SHOWN = 80;

/** A value as a message shows it: JSON, cut where it is long. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const json = JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'bigint' || typeof member === 'function' ? String(member) : member,
  );
  return json.length > LONGEST_SHOWN ? `${json.slice(0, LONGEST_SHOWN)}...` : json;
}

/** `a, b or c`. */
export function oneOf(options: readonly string[]): string {
  const quoted = options.map((option) => JSON.stringify(option));
  return quoted.length === 1 ? quoted[0] : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
