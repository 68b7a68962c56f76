import * as fs from 'node:fs';
import { parse } from 'node:path';
import { Token } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { checkedSpec, whenUsed } from './checked-spec';
import { constructError } from './construct-error';
import { lookupHeader } from './lookup-header';
import type { BoundLookupSource } from './pipeline-definition';
import { readLookupSource } from './spec/enrichments/lookup';
import { SpecError } from './spec/spec-error';

/**
 * Where the CSV file of a lookup lies, or one that foreign keys refer to. It has a header, commas and double quotes, is UTF-8, and fits into the memory of
 * the function that reads it: that of Enrich, or of Validate for foreign keys.
 */
export class LookupSource {
  /**
   * A file that is shipped with the stack. It changes with a deployment, and a running job keeps the one it began with.
   * The path is relative to the working directory. Columns that a lookup names are checked against the file's header at
   * synthesis.
   */
  public static fromAsset(path: string): LookupSource {
    const header = whenUsed(() => lookupHeader(existing(path)));
    return new LookupSource(
      (scope, id) => {
        const asset = new Asset(scope, id, { path });
        if (Token.isUnresolved(asset.s3ObjectKey)) {
          throw constructError(
            scope,
            `the lookup file ${JSON.stringify(path)} needs an asset key that is known at synthesis, ` +
              'got a token, expected a stack with the DefaultStackSynthesizer',
          );
        }
        return { spec: { type: 'asset', key: asset.s3ObjectKey }, asset };
      },
      header,
      path,
    );
  }

  /**
   * A file in the pipeline's bucket. A job reads the version that is current when its step begins, retries included.
   * @param key key under `reference/`, such as `reference/airports.csv`
   */
  public static fromBucket(key: string): LookupSource {
    const spec = whenUsed(() =>
      checkedSpec('LookupSource.fromBucket', { type: 'bucket', key }, readLookupSource),
    );
    return new LookupSource(
      () => ({ spec: spec() }),
      () => undefined,
      key,
    );
  }

  private constructor(
    private readonly bind: (scope: Construct, id: string) => BoundLookupSource,
    private readonly header: () => readonly string[] | undefined,
    private readonly place: string,
  ) {}

  /**
   * Name of the file, without its folder and ending.
   * @internal
   */
  public _name(): string {
    return parse(this.place).name;
  }

  /**
   * The columns of the file; undefined where synthesis does not know them.
   * @internal
   */
  public _header(): readonly string[] | undefined {
    return this.header();
  }

  /** @internal */
  public _bind(scope: Construct, id: string): BoundLookupSource {
    return this.bind(scope, id);
  }
}

function existing(path: string): string {
  if (fs.statSync(path, { throwIfNoEntry: false })?.isFile()) return path;
  const problem = { place: 'path', got: JSON.stringify(path), expected: 'a file that exists' };
  throw new SpecError('LookupSource.fromAsset', [problem]);
}
