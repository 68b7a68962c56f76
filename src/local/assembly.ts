import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

/** A file or folder of the app that goes to the assets bucket when the app is deployed. */
export interface FileAsset {
  /** Absolute path on disk. */
  readonly source: string;
  /** `zip`: a folder that is packed on its way; `file`: uploaded as it is. */
  readonly packaging: 'zip' | 'file';
  readonly bucketName: string;
  readonly objectKey: string;
}

export interface TemplateBody {
  readonly Resources?: Readonly<Record<string, TemplateEntry>>;
  readonly Outputs?: Readonly<Record<string, OutputEntry>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, Record<string, Record<string, unknown>>>>;
  readonly Transform?: unknown;
}

export interface TemplateEntry {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
}

export interface OutputEntry {
  readonly Value: unknown;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

/** One stack of the app as it would be deployed. */
export interface AssemblyStack {
  readonly name: string;
  readonly template: TemplateBody;
  /** Values that the app gives to the template's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly assets: readonly FileAsset[];
  /** Names of the stacks that it depends on. */
  readonly dependencies: readonly string[];
  /** Construct path of each logical id. */
  readonly paths: ReadonlyMap<string, string>;
}

interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly properties?: Readonly<Record<string, any>>;
  readonly metadata?: MetadataByPath;
  readonly additionalMetadataFile?: string;
}

interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
  /** Context that the app asked for and did not have. */
  readonly missing?: readonly { readonly key: string }[];
}

type MetadataByPath = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;

const STACK = 'aws:cloudformation:stack';

/**
 * Reads a cloud assembly (the folder that `app.synth()` writes, usually `cdk.out`), assemblies of stages included.
 * The stacks come in an order in which each stands after those that it depends on.
 *
 * @throws Error where the folder is no cloud assembly.
 */
export function readAssembly(directory: string): AssemblyStack[] {
  const manifestFile = path.join(directory, 'manifest.json');
  if (!existsSync(manifestFile)) {
    throw new Error(`${directory} is no cloud assembly: it has no manifest.json`);
  }
  const { artifacts = {}, missing = [] } = readJson(manifestFile) as Manifest;
  if (missing.length > 0) {
    const keys = missing.map(({ key }) => key).join(', ');
    throw new Error(
      `the app looks up values in an AWS account that are not in its cdk.context.json: ${keys}`,
    );
  }
  return inDependencyOrder(artifacts).flatMap((id) => readArtifact(directory, id, artifacts));
}

/**
 * The named stacks and all that they depend on, in the order given; every stack where none is named.
 *
 * @throws Error that lists the stacks there are, where a name is none of them.
 */
export function selectStacks(stacks: readonly AssemblyStack[], names: readonly string[]): AssemblyStack[] {
  const unknown = names.find((name) => !stacks.some((stack) => stack.name === name));
  if (unknown !== undefined) {
    throw new Error(`the app has no stack ${unknown}; it has ${stacks.map(({ name }) => name).join(', ')}`);
  }
  const selected = new Set<string>();
  const select = (name: string): void => {
    if (selected.has(name)) return;
    selected.add(name);
    stacks.find((stack) => stack.name === name)?.dependencies.forEach(select);
  };
  names.forEach(select);
  return stacks.filter(({ name }) => names.length === 0 || selected.has(name));
}

function readArtifact(
  directory: string,
  id: string,
  artifacts: Readonly<Record<string, Artifact>>,
): AssemblyStack[] {
  const { type, properties = {} } = artifacts[id]!;
  if (type === 'cdk:cloud-assembly') return readAssembly(path.join(directory, properties.directoryName));
  if (type !== STACK) return [];
  return [
    {
      name: properties.stackName ?? id,
      template: readJson(path.join(directory, properties.templateFile)) as TemplateBody,
      parameters: properties.parameters ?? {},
      assets: readAssets(directory, id, artifacts),
      dependencies: (artifacts[id]!.dependencies ?? [])
        .filter((dependency) => artifacts[dependency]?.type === STACK)
        .map((dependency) => artifacts[dependency]!.properties?.stackName ?? dependency),
      paths: readPaths(directory, artifacts[id]!),
    },
  ];
}

function readAssets(
  directory: string,
  stackId: string,
  artifacts: Readonly<Record<string, Artifact>>,
): FileAsset[] {
  const manifests = (artifacts[stackId]!.dependencies ?? [])
    .map((id) => artifacts[id])
    .filter((artifact) => artifact?.type === 'cdk:asset-manifest');
  return manifests.flatMap((manifest) => {
    const { files = {} } = readJson(path.join(directory, manifest!.properties!.file)) as {
      files?: Record<string, any>;
    };
    return Object.values(files).flatMap(({ source, destinations }) =>
      Object.values<any>(destinations).map((destination) => ({
        source: path.resolve(directory, source.path),
        packaging: source.packaging ?? 'file',
        bucketName: destination.bucketName,
        objectKey: destination.objectKey,
      })),
    );
  });
}

/** The metadata file knows every path, whether or not the app writes paths into its templates. */
function readPaths(directory: string, artifact: Artifact): Map<string, string> {
  const metadata: MetadataByPath = {
    ...artifact.metadata,
    ...(artifact.additionalMetadataFile &&
      (readJson(path.join(directory, artifact.additionalMetadataFile)) as MetadataByPath)),
  };
  const paths = new Map<string, string>();
  for (const [constructPath, entries] of Object.entries(metadata)) {
    for (const entry of entries) {
      if (entry.type === 'aws:cdk:logicalId') paths.set(String(entry.data), constructPath.replace(/^\//, ''));
    }
  }
  return paths;
}

function inDependencyOrder(artifacts: Readonly<Record<string, Artifact>>): string[] {
  const ordered = new Set<string>();
  const visit = (id: string): void => {
    if (ordered.has(id) || !artifacts[id]) return;
    artifacts[id].dependencies?.forEach(visit);
    ordered.add(id);
  };
  Object.keys(artifacts).forEach(visit);
  return [...ordered];
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
