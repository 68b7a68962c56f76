import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { Functions } from '../functions';

const CLIENT = [
  'aws-lambda-java-runtime-interface-client',
  'aws-lambda-java-core',
  'aws-lambda-java-serialization',
];
const CODE = { 'pkg/Step.class': '', 'lib/b.jar': '', 'lib/a.jar': '', 'lib/notes.txt': '' };

let functions: Functions;
let home: string;
const before = { ...process.env };

beforeEach(() => {
  functions = new Functions();
  home = functions.directory;
  process.env.HOME = home;
  process.env.JAVA_HOME = path.join(home, 'jdk');
});
afterEach(async () => {
  process.env = { ...before };
  await functions.stop();
});

function file(name: string, text = ''): string {
  const full = path.join(home, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text, { mode: 0o755 });
  return full;
}

/** A program that tells its version, and shows how it is started. */
function java(version: string): void {
  file(
    'jdk/bin/java',
    `#!/bin/sh\n[ "$1" = -version ] && { echo 'openjdk version "${version}"' >&2; exit 0; }\necho "$@"; exit 7\n`,
  );
}

async function call(code: Record<string, string> = CODE): Promise<string> {
  functions.make('step', code, { Runtime: 'java17', Handler: 'pkg.Step::handle', MemorySize: 512 });
  return (await functions.call('step')).payload.errorMessage;
}

function started(): { options: string[]; classPath: string[]; rest: string[] } {
  const words = functions.lines('step')[0]!.split(' ');
  const at = words.indexOf('-cp');
  return { options: words.slice(0, at), classPath: words[at + 1]!.split(':'), rest: words.slice(at + 2) };
}

describe('a Java function', () => {
  it('runs its code and its libraries behind the newest client of the Maven repository, in its memory', async () => {
    java('17.0.15');
    const jars = CLIENT.flatMap((artifact) =>
      ['2.9.1', '2.10.0'].map((version) =>
        file(`.m2/repository/com/amazonaws/${artifact}/${version}/${artifact}-${version}.jar`),
      ),
    );
    expect(await call()).toContain('exit status 7');
    const { options, classPath, rest } = started();
    expect(options.slice(0, 3)).toEqual(['-Xmx435m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']);
    expect(options[3]).toMatch(/^-Djdk\.net\.hosts\.file=.*java-hosts$/);
    expect(classPath.slice(0, 3).map((entry) => path.relative(classPath[0]!, entry))).toEqual([
      '',
      'lib/a.jar',
      'lib/b.jar',
    ]);
    expect(classPath.slice(3)).toEqual(jars.filter((jar) => jar.includes('2.10.0')));
    expect(rest).toEqual(['com.amazonaws.services.lambda.runtime.api.client.AWSLambda', 'pkg.Step::handle']);
  });

  it('has the libraries of its layers behind its own', async () => {
    java('17.0.1');
    const Layers = [functions.makeLayer('libraries', { 'java/lib/shared.jar': '' })];
    const client = 'lib/aws-lambda-java-runtime-interface-client-2.6.0.jar';
    functions.make('step', { [client]: '' }, { Runtime: 'java17', Handler: 'pkg.Step', Layers });
    await functions.call('step');
    expect(started().classPath.map((entry) => path.basename(entry))).toEqual([
      'step',
      path.basename(client),
      'shared.jar',
    ]);
  });

  it('finds the client where Gradle keeps it', async () => {
    java('21.0.1');
    const jars = CLIENT.map((artifact) =>
      file(`.gradle/caches/modules-2/files-2.1/com.amazonaws/${artifact}/2.6.0/0a1b/${artifact}-2.6.0.jar`),
    );
    await call();
    expect(started().classPath.slice(3)).toEqual(jars);
  });

  it.each([
    'lib/aws-lambda-java-runtime-interface-client-2.6.0.jar',
    'com/amazonaws/services/lambda/runtime/api/client/AWSLambda.class',
  ])('may bring the client along, as %s', async (name) => {
    java('17.0.1');
    await call({ ...CODE, [name]: '' });
    expect(started().classPath.filter((entry) => entry.startsWith(home + path.sep + '.'))).toEqual([]);
  });

  it('says where it looked for the client, and how to get it', async () => {
    java('17.0.15');
    expect(await call()).toBe(
      "the local run does not provide the runtime java17 of Stack/step: AWS's runtime interface client for Java is not there " +
        `(looked in the function itself, ${home}/.m2/repository/com/amazonaws, ${home}/.gradle/caches/modules-2/files-2.1/com.amazonaws). ` +
        'Get it with: mvn dependency:get -Dartifact=com.amazonaws:aws-lambda-java-runtime-interface-client:2.6.0',
    );
  });

  it.each(['1.8.0_402', '11.0.2'])(
    'does not run on Java %s, which is older than its runtime',
    async (version) => {
      java(version);
      const major = version.startsWith('1.8') ? 8 : 11;
      expect(await call()).toBe(
        `the local run does not provide the runtime java17 of Stack/step: ${home}/jdk/bin/java is Java ${major}. ` +
          'Install a JDK of version 17 or newer, and put it on the PATH or into JAVA_HOME',
      );
    },
  );

  it('says that there is no Java', async () => {
    delete process.env.JAVA_HOME;
    process.env.PATH = home;
    expect(await call()).toContain(
      'java17 of Stack/step: there is no Java (looked for java). Install a JDK of version 17',
    );
  });

  it('does not run where its client brings no native part', async () => {
    java('17.0.15');
    const platform = Object.getOwnPropertyDescriptor(process, 'platform')!;
    Object.defineProperty(process, 'platform', { ...platform, value: 'darwin' });
    try {
      expect(await call()).toContain(
        'brings its native part for Linux only, and this is darwin. Run it on Linux',
      );
    } finally {
      Object.defineProperty(process, 'platform', platform);
    }
  });
});
