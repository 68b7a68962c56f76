import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { FileSystem } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { SpecPointer } from './shared/step-contract';
import type { PipelineSpec } from './spec/pipeline-spec';

/**
 * The pipeline's spec as an object that never changes: its key is made of its hash. So a running job keeps the spec
 * that it began with while the stack is updated, and the functions' environment (4 KB in all) stays small.
 */
export class PipelineSpecAsset extends Construct {
  readonly asset: Asset;
  readonly pointer: SpecPointer;

  constructor(scope: Construct, id: string, spec: PipelineSpec) {
    super(scope, id);
    const json = JSON.stringify(spec);
    const folder = FileSystem.mkdtemp('pipeline-spec-');
    const file = path.join(folder, 'pipeline-spec.json');
    fs.writeFileSync(file, json);
    this.asset = new Asset(this, 'Spec', { path: file });
    // Where assets are not copied into the assembly, this very file is what is uploaded.
    const copied = this.asset.assetPath !== file;
    if (copied) fs.rmSync(folder, { recursive: true });
    this.pointer = {
      bucket: this.asset.s3BucketName,
      key: this.asset.s3ObjectKey,
      sha256: createHash('sha256').update(json).digest('hex'),
    };
  }
}
