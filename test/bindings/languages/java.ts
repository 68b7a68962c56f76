import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { JAVA_CLIENT_ARTIFACT } from '../../../src/local/lambda/runtimes/java-runtime-client';
import { runExample } from '../example';
import type { Workshop } from '../workshop';
import type { Language } from './language';

const CLASS_PATH = 'classpath.txt';
const CLASS_PATH_GOAL = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath';
/** The library is compiled like any of its users' modules; its documentation is for releases. */
const SKIPPED = ['javadoc', 'source'].map((what) => `-Dmaven.${what}.skip`);

/** A jar with Maven: the library, the five-fold app and the example as modules of one build. */
export const JAVA: Language = {
  name: 'java',
  needs: { java: 'a JDK of version 17 or newer', mvn: 'https://maven.apache.org, or maven of the system' },
  run: async (workshop, packages) => {
    workshop.copy(path.join(packages.code, 'java'), 'library');
    pinVersions(workshop.at('library', 'pom.xml'));
    const cwd = workshop.copy('test/bindings/fivefold/java', 'fivefold');
    workshop.copy('test/bindings/fivefold/files', 'fivefold/files');
    const example = workshop.copy('examples/java', 'example');
    writeFileSync(workshop.at('pom.xml'), reactor('library', 'fivefold', 'example'));
    await workshop.run('install and compile', 'mvn', [
      ...['-B', '-q', '-Denforcer.skip', ...SKIPPED],
      ...['package', CLASS_PATH_GOAL, `-Dmdep.outputFile=${CLASS_PATH}`],
    ]);
    // What a person without it is told to do.
    await workshop.run('runtime interface client', 'mvn', [
      ...['-B', '-q', 'dependency:get', `-Dartifact=${JAVA_CLIENT_ARTIFACT}`],
    ]);

    const java = ['-cp', classPath(workshop, 'fivefold')];
    const env = { CDK_OUTDIR: 'cdk.out' };
    await workshop.run('synth', 'java', [...java, 'fivefold.FivefoldApp'], { cwd, env });
    const refusals = await workshop.run('mistakes', 'java', [...java, 'fivefold.Refused'], { cwd });
    const app = `java -cp '${classPath(workshop, 'example/app')}' example.orders.OrdersApp`;
    const published = await runExample(workshop, packages, example, ['--app', app]);
    return [{ templates: path.join(cwd, 'cdk.out'), refusals, published }];
  },
};

function classPath(workshop: Workshop, module: string): string {
  const dependencies = readFileSync(workshop.at(module, CLASS_PATH), 'utf8').trim();
  return [workshop.at(module, 'target', 'classes'), dependencies].join(path.delimiter);
}

/** For a range of versions Maven looks into every one of them; a compiler that forks takes twice the memory. */
function pinVersions(pom: string): void {
  const text = readFileSync(pom, 'utf8');
  const pinned = text.replaceAll(/\[([\d.]+),[\d.]+\)/g, '$1').replaceAll(/\s*<(fork|maxmem)>.*<\/\1>/g, '');
  writeFileSync(pom, pinned);
}

function reactor(...modules: string[]): string {
  const lines = modules.map((name) => `<module>${name}</module>`).join('');
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>all</groupId><artifactId>all</artifactId><version>1</version><packaging>pom</packaging><modules>${lines}</modules></project>`;
}
