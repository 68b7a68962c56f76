/** Where the key of a hash is, as the environment of a function says it. */
export interface HashKeySource {
  /** ARN of a secret of Secrets Manager. */
  readonly secretId: string;
  /** Member of the secret's JSON. Absent: the secret as a whole is the key. */
  readonly jsonField?: string;
}
