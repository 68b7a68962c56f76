import { existsSync } from 'node:fs';
import { cp, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { AssetLocation, FunctionSettings } from './function-settings';
import { extractZip } from './zip-archive';
import type { FileAsset } from '../assembly';
import { NotProvidedError } from '../services';

/** Packages that AWS's Node runtimes ship beside a function's own code. */
const SHIPPED_SCOPES = ['@aws-sdk', '@smithy'];

export interface CodeStoreProps {
  /** Functions are unpacked under this folder. */
  readonly directory: string;
  readonly assets: readonly FileAsset[];
  /** A folder of the app: from its `node_modules`, or from one above, comes the SDK that AWS's Node runtimes ship. */
  readonly appDirectory: string;
  /** Folders or ZIP files by construct paths of functions: their code on this machine, in the place of their own. */
  readonly replacements: Readonly<Record<string, string>>;
}

/**
 * Unpacks functions where nothing of the project around them is found: not its package.json, whose `type` would change
 * how code is read, and none of its packages but those that AWS's runtime ships.
 */
export class CodeStore {
  private readonly unpacked = new Map<string, Promise<string>>();
  private readonly layers = new Map<string, AssetLocation>();
  private readonly laid = new Map<string, Promise<string | undefined>>();
  private shipped: Promise<void> | undefined;

  constructor(private readonly props: CodeStoreProps) {}

  /** Gives the folder of a function's code; unpacks it the first time. */
  directoryOf(settings: FunctionSettings): Promise<string> {
    const known = this.unpacked.get(settings.name);
    if (known) return known;
    const unpacking = this.unpack(settings);
    this.unpacked.set(settings.name, unpacking);
    return unpacking;
  }

  /** Makes a version of a layer known by its ARN. */
  addLayer(arn: string, code: AssetLocation): void {
    this.layers.set(arn, code);
  }

  /** Gives the folder with the layers of a function over each other, which Lambda has as /opt; undefined without layers. */
  layersOf(settings: FunctionSettings): Promise<string | undefined> {
    const known = this.laid.get(settings.name);
    if (known) return known;
    const laying = this.lay(settings);
    this.laid.set(settings.name, laying);
    return laying;
  }

  private async lay({ layers, name, path: functionPath }: FunctionSettings): Promise<string | undefined> {
    if (layers.length === 0) return undefined;
    const target = path.join(this.props.directory, `${name}.layers`);
    await mkdir(target, { recursive: true });
    for (const arn of layers) {
      const code = this.layers.get(arn);
      if (!code) {
        throw new NotProvidedError(`the layer ${arn}, which no template makes, used at ${functionPath}`);
      }
      await copyCode(this.assetOf(code, 'layer', functionPath), target);
    }
    return target;
  }

  private async unpack(settings: FunctionSettings): Promise<string> {
    await (this.shipped ??= this.shipPackages());
    const target = path.join(this.props.directory, settings.name);
    await mkdir(target, { recursive: true });
    const replacement = this.replacementOf(settings.path);
    if (replacement !== undefined) {
      await copyCode(replacement, target);
      return target;
    }
    if (settings.code.kind === 'inline') {
      const file = settings.runtime.startsWith('python') ? 'index.py' : 'index.js';
      await writeFile(path.join(target, file), settings.code.text);
      return target;
    }
    await copyCode(this.assetOf(settings.code, 'function code', settings.path), target);
    return target;
  }

  private assetOf({ bucketName, objectKey }: AssetLocation, what: string, usedAt: string): string {
    const asset = this.props.assets.find((candidate) => candidate.objectKey === objectKey);
    if (asset) return asset.source;
    throw new NotProvidedError(
      `${what} that is no asset of the app (s3://${bucketName}/${objectKey}), used at ${usedAt}`,
    );
  }

  /** A construct's path stands for the function that it makes, so that nobody has to know its children. */
  private replacementOf(functionPath: string): string | undefined {
    const named = Object.keys(this.props.replacements).find((name) =>
      `${functionPath}/`.startsWith(`${name}/`),
    );
    return named === undefined ? undefined : this.props.replacements[named];
  }

  private async shipPackages(): Promise<void> {
    const { directory, appDirectory } = this.props;
    const modules = path.join(directory, 'node_modules');
    await mkdir(modules, { recursive: true });
    await writeFile(path.join(directory, 'package.json'), '{}\n');
    await Promise.all(
      SHIPPED_SCOPES.map(async (scope) => {
        const source = findUpwards(appDirectory, path.join('node_modules', scope));
        if (source) await symlink(source, path.join(modules, scope), 'junction');
      }),
    );
  }
}

/** From a folder, or out of a ZIP file such as a jar. */
async function copyCode(source: string, target: string): Promise<void> {
  if ((await stat(source)).isDirectory()) await cp(source, target, { recursive: true });
  else await extractZip(source, target);
}

function findUpwards(directory: string, name: string): string | undefined {
  for (let at = path.resolve(directory); ; at = path.dirname(at)) {
    const candidate = path.join(at, name);
    if (existsSync(candidate)) return candidate;
    if (at === path.dirname(at)) return undefined;
  }
}
