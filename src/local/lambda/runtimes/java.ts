import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { javaClient, JAVA_CLIENT_ARTIFACT, javaClientPlaces } from './java-runtime-client';
import { runtimeMissing, type Runtime, type RuntimeContext } from './runtime';

const MAIN_CLASS = 'com.amazonaws.services.lambda.runtime.api.client.AWSLambda';
const HOSTS = 'java-hosts';
/** Part of a function's memory that the heap may take, as in AWS's own runtime. */
const HEAP_SHARE = 0.85;

/** Java functions run on the Java of the machine, behind AWS's runtime interface client from Maven. */
export const JAVA: Runtime = {
  pattern: /^java\d+(\.al\d+)?$/,
  // The only names that Java finds: nothing else can be looked up, so nothing leaves the machine by its name.
  programs: { [HOSTS]: '127.0.0.1 localhost\n' },
  find: (context) => {
    const java = findJava(context);
    const { settings, codeDirectory, layers, programs } = context;
    const layered = layers === undefined ? [] : librariesOf(path.join(layers, 'java'));
    const classPath = [codeDirectory, ...librariesOf(codeDirectory), ...layered, ...findClient(context)];
    return () => ({
      command: java,
      arguments: [
        `-Xmx${Math.floor(settings.memoryMb * HEAP_SHARE)}m`,
        '-XX:+UseSerialGC',
        // As AWS's runtime has it: functions start often and work shortly.
        '-XX:TieredStopAtLevel=1',
        `-Djdk.net.hosts.file=${path.join(programs, HOSTS)}`,
        '-cp',
        classPath.join(path.delimiter),
        MAIN_CLASS,
        settings.handler,
      ],
      marksOutput: false,
    });
  },
};

/** Lambda puts the jars of `lib/` on the class path, in the order of their names. */
function librariesOf(codeDirectory: string): string[] {
  const lib = path.join(codeDirectory, 'lib');
  if (!existsSync(lib)) return [];
  const jars = readdirSync(lib).filter((name) => name.endsWith('.jar'));
  return jars.sort().map((name) => path.join(lib, name));
}

function findJava(context: RuntimeContext): string {
  const home = process.env.JAVA_HOME;
  const java = home ? path.join(home, 'bin', 'java') : 'java';
  const wanted = Number(/^java(\d+)/.exec(context.settings.runtime)![1]);
  const { stderr, status } = spawnSync(java, ['-version'], { encoding: 'utf8', env: process.env });
  const remedy = `Install a JDK of version ${wanted} or newer, and put it on the PATH or into JAVA_HOME`;
  if (status !== 0) throw runtimeMissing(context, `there is no Java (looked for ${java})`, remedy);
  // Java 8 calls itself 1.8.
  const version = Number(/version "(?:1\.)?(\d+)/.exec(stderr)?.[1]);
  if (version < wanted) throw runtimeMissing(context, `${java} is Java ${version}`, remedy);
  return java;
}

function findClient(context: RuntimeContext): readonly string[] {
  if (process.platform !== 'linux') {
    throw runtimeMissing(
      context,
      `AWS's runtime interface client for Java brings its native part for Linux only, and this is ${process.platform}`,
      'Run it on Linux, or in a container of it',
    );
  }
  const client = javaClient(context.codeDirectory);
  if (client) return client;
  throw runtimeMissing(
    context,
    `AWS's runtime interface client for Java is not there (looked in ${javaClientPlaces().join(', ')})`,
    `Get it with: mvn dependency:get -Dartifact=${JAVA_CLIENT_ARTIFACT}`,
  );
}
