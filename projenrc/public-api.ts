import type { awscdk } from 'projen';
import { addTask, RUN } from './tasks';

/** What holds the public API, its documentation and its packages to what they promise. */
export function addPublicApi(project: awscdk.AwsCdkConstructLibrary): void {
  const compatibility = project.tasks.tryFind('compat')!;
  compatibility.description = 'Compares the public API with the one that was released last';
  compatibility.reset(`${RUN} projenrc/compatibility.ts`);
  addTask(
    project,
    'compat:renew',
    'Takes the compiled public API for the released one; part of a release',
    `${RUN} projenrc/released-api.ts`,
  );
  const api = project.addTask('api', {
    description:
      'Holds the compiled API to the rules of the CDK and to its last release, and compiles its examples',
  });
  api.exec(`${RUN} projenrc/api-rules.ts`);
  api.spawn(compatibility);
  // The translations lie beside the assembly, where the packages for other languages are made from them.
  api.exec('jsii-rosetta extract --strict .');
  project.package.addField('awslint', {
    exclude: [
      // Rules of aws-cdk-lib itself, and of its own classes: what is passed in here is granted rights and asked for metrics.
      'prefer-ref-interface:*',
      'no-grants:*',
      '*:aws-cdk-lib.*',
    ],
  });

  addTask(project, 'docs', "Writes the tables of docs/ from the code's own", `${RUN} docs/pages.ts`);
  addTask(
    project,
    'release:check',
    'Makes every artefact as it would be published, into dist/, and checks it',
    'bash .ci/release/run',
  );
  // All languages are packaged by the release; a build makes the npm tarball only.
  project.packageTask.reset();
  project.packageTask.spawn(project.tasks.tryFind('package:js')!);
}
