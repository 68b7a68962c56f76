import { randomUUID } from 'node:crypto';

/** What a secret holds: a text or bytes. */
export type SecretValue = { readonly SecretString: string } | { readonly SecretBinary: string };

export interface SecretVersion {
  readonly id: string;
  readonly value: SecretValue;
  readonly createdAt: Date;
}

/** A secret with its current version and the one before. Rotation is a new version. */
export class Secret {
  readonly createdAt = new Date();
  private versions: readonly SecretVersion[] = [];

  constructor(
    readonly name: string,
    readonly arn: string,
  ) {}

  /** Makes a new version the current one. The same id with the same value again changes nothing, as a retry of a client. */
  put(value: SecretValue, id: string = randomUUID()): SecretVersion | undefined {
    const known = this.versions.find((version) => version.id === id);
    if (known) return JSON.stringify(known.value) === JSON.stringify(value) ? known : undefined;
    const version = { id, value, createdAt: new Date() };
    this.versions = [version, ...this.versions.slice(0, 1)];
    return version;
  }

  /** The version with a stage, an id, or both. */
  version(stage: string | undefined, id: string | undefined): SecretVersion | undefined {
    const staged = stage ?? (id === undefined ? 'AWSCURRENT' : undefined);
    return this.versions.find(
      (version) =>
        (id === undefined || version.id === id) &&
        (staged === undefined || this.stagesOf(version).includes(staged)),
    );
  }

  stagesOf(version: SecretVersion): string[] {
    return [version === this.versions[0] ? 'AWSCURRENT' : 'AWSPREVIOUS'];
  }

  /** Stages by the ids of the versions. */
  get stages(): Readonly<Record<string, string[]>> {
    return Object.fromEntries(this.versions.map((version) => [version.id, this.stagesOf(version)]));
  }
}
