import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';

const GROUP = 'com.amazonaws';
/** AWS's client of the Runtime API, and what it needs. */
const ARTIFACTS = [
  'aws-lambda-java-runtime-interface-client',
  'aws-lambda-java-core',
  'aws-lambda-java-serialization',
];
/** What `mvn dependency:get` is to be told. */
export const JAVA_CLIENT_ARTIFACT = `${GROUP}:${ARTIFACTS[0]}:2.6.0`;

/** A folder where a build tool keeps what it has downloaded, and how the jars of an artifact lie in it. */
interface Repository {
  readonly directory: string;
  readonly jarsOf: (artifactDirectory: string, version: string) => string[];
}

function repositories(): Repository[] {
  const home = process.env.HOME ?? homedir();
  return [
    {
      directory: path.join(home, '.m2', 'repository', ...GROUP.split('.')),
      jarsOf: (artifact, version) => [path.join(artifact, version)],
    },
    {
      directory: path.join(home, '.gradle', 'caches', 'modules-2', 'files-2.1', GROUP),
      // One folder for each file, named by its hash.
      jarsOf: (artifact, version) => entries(path.join(artifact, version)),
    },
  ];
}

/** Folders in which the client is looked for. */
export function javaClientPlaces(): string[] {
  return ['the function itself', ...repositories().map(({ directory }) => directory)];
}

/**
 * The jars of the client to put behind the function's own code: none where the function brings it along, as images of
 * containers do.
 *
 * @returns undefined where the client is nowhere
 */
export function javaClient(codeDirectory: string): readonly string[] | undefined {
  if (bringsClient(codeDirectory)) return [];
  for (const repository of repositories()) {
    const jars = ARTIFACTS.map((artifact) => newestJar(repository, artifact));
    if (jars.every((jar) => jar !== undefined)) return jars as string[];
  }
  return undefined;
}

function bringsClient(codeDirectory: string): boolean {
  const classes = path.join(
    codeDirectory,
    ...GROUP.split('.'),
    'services',
    'lambda',
    'runtime',
    'api',
    'client',
  );
  const libraries = entries(path.join(codeDirectory, 'lib'));
  return (
    existsSync(path.join(classes, 'AWSLambda.class')) ||
    libraries.some((file) => path.basename(file).startsWith(`${ARTIFACTS[0]}-`))
  );
}

function newestJar({ directory, jarsOf }: Repository, artifact: string): string | undefined {
  const versions = entries(path.join(directory, artifact))
    .map((entry) => path.basename(entry))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return versions
    .flatMap((version) =>
      jarsOf(path.join(directory, artifact), version).map((folder) =>
        path.join(folder, `${artifact}-${version}.jar`),
      ),
    )
    .find((jar) => existsSync(jar));
}

/** Full paths of what a folder holds; nothing where it is not there. */
function entries(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory).map((name) => path.join(directory, name)) : [];
}
