import type { Resource } from '../synthesis';

export type Body = { Resources: Record<string, Mutable> } & Record<string, unknown>;
type Mutable = { -readonly [Key in keyof Resource]: Resource[Key] };

type DraftStatement = { Action: string[]; Resource: unknown; Condition?: unknown };

/** A template on its way to being wrong. Every edit has to find what it changes. */
export class Draft {
  constructor(readonly body: Body) {}

  /** The first resource of a type whose logical id holds a word. */
  one(type: string, word = ''): Mutable {
    return this.body.Resources[this.id(type, word)];
  }

  id(type: string, word = ''): string {
    const found = Object.entries(this.body.Resources).find(
      ([id, resource]) => resource.Type === type && id.includes(word),
    );
    if (!found) throw new Error(`no ${type} with ${word} in its id`);
    return found[0];
  }

  add(id: string, Type: string, Properties: Record<string, unknown>): void {
    this.body.Resources[id] = { Type, Properties };
  }

  remove(type: string, word = ''): void {
    delete this.body.Resources[this.id(type, word)];
  }

  /** The first inline statement that names an action, in the role whose logical id holds a word. */
  statement(role: string, action: string): DraftStatement {
    return this.statements(role, action)[0]!;
  }

  /** The last of them. */
  lastStatement(role: string, action: string): DraftStatement {
    return this.statements(role, action).at(-1)!;
  }

  private statements(role: string, action: string): DraftStatement[] {
    const { Properties } = this.one('AWS::IAM::Role', role);
    const statements = Properties.Policies.flatMap((policy: any) => policy.PolicyDocument.Statement);
    const found = statements.filter(({ Action }: any) => [Action].flat().includes(action));
    if (found.length === 0) throw new Error(`no statement of ${role} names ${action}`);
    for (const statement of found) statement.Action = [statement.Action].flat();
    return found;
  }

  /** Takes an action away from a role. */
  forbid(role: string, action: string): void {
    const statement = this.statement(role, action);
    statement.Action = statement.Action.filter((other) => other !== action);
  }

  /** Replaces a text of the state machine's definition. */
  inDefinition(from: string, to: string): void {
    const join = this.one('AWS::StepFunctions::StateMachine').Properties.DefinitionString['Fn::Join'];
    const changed = join[1].map((part: unknown) =>
      typeof part === 'string' ? part.replaceAll(from, to) : part,
    );
    if (JSON.stringify(changed) === JSON.stringify(join[1])) throw new Error(`no ${from} in the definition`);
    join[1] = changed;
  }

  /** Puts a state beside the others. No other one leads to it. */
  addState(name: string, state: object): void {
    this.inDefinition('"States":{"Begin"', `"States":{"${name}":${JSON.stringify(state)},"Begin"`);
  }
}
