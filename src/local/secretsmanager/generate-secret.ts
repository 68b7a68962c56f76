import { randomInt } from 'node:crypto';

/** `GenerateSecretString` of CloudFormation. */
export interface SecretGenerator {
  readonly ExcludeCharacters?: string;
  readonly ExcludeLowercase?: boolean;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly GenerateStringKey?: string;
  readonly IncludeSpace?: boolean;
  readonly PasswordLength?: number;
  readonly RequireEachIncludedType?: boolean;
  readonly SecretStringTemplate?: string;
}

const KINDS = [
  ['ExcludeLowercase', 'abcdefghijklmnopqrstuvwxyz'],
  ['ExcludeUppercase', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['ExcludeNumbers', '0123456789'],
  ['ExcludePunctuation', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
] as const;

/**
 * A random text, by itself or as a member of a JSON template
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html).
 */
export function generateSecret(generator: SecretGenerator): string {
  const password = generatePassword(generator);
  const { GenerateStringKey: member, SecretStringTemplate: template } = generator;
  if (member === undefined || template === undefined) return password;
  return JSON.stringify({ ...(JSON.parse(template) as object), [member]: password });
}

function generatePassword(generator: SecretGenerator): string {
  const excluded = new Set(generator.ExcludeCharacters);
  const kinds: string[] = KINDS.filter(([exclude]) => generator[exclude] !== true).map(
    ([, characters]) => characters,
  );
  if (generator.IncludeSpace) kinds.push(' ');
  const allowed = kinds
    .map((characters) => [...characters].filter((character) => !excluded.has(character)))
    .filter((characters) => characters.length > 0);
  const { PasswordLength = 32, RequireEachIncludedType = true } = generator;
  const needed = RequireEachIncludedType ? allowed.map(pick) : [];
  const all = allowed.flat();
  const password = Array.from({ length: Number(PasswordLength) }, (_, index) => needed[index] ?? pick(all));
  return shuffled(password).join('');
}

function pick(characters: readonly string[]): string {
  return characters[randomInt(characters.length)]!;
}

function shuffled(characters: string[]): string[] {
  for (let index = characters.length - 1; index > 0; index--) {
    const other = randomInt(index + 1);
    [characters[index], characters[other]] = [characters[other]!, characters[index]!];
  }
  return characters;
}
