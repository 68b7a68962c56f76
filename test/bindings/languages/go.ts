import assert from 'node:assert';
import { appendFileSync } from 'node:fs';
import * as path from 'node:path';
import { runExample } from '../example';
import type { Workshop } from '../workshop';
import type { Language } from './language';

const MODULE = 'github.com/serverless-csv-etl/serverless-csv-etl-go/serverlesscsvetl';
const STEP = 'Shop/Orders/StateMachine/Enrich';

/** A Go module, in the place of the one that `go get` would bring. */
export const GO: Language = {
  name: 'go',
  needs: { go: 'https://go.dev/dl, 1.26 or newer' },
  run: async (workshop, packages) => {
    workshop.copy(path.join(packages.code, 'go', 'serverlesscsvetl'), 'serverlesscsvetl');
    const cwd = workshop.copy('test/bindings/fivefold/go', 'fivefold');
    workshop.copy('test/bindings/fivefold/files', 'fivefold/files');
    const example = workshop.copy('examples/go', 'example');
    for (const folder of [cwd, example]) {
      appendFileSync(path.join(folder, 'go.mod'), `\nreplace ${MODULE} => ../serverlesscsvetl\n`);
    }
    await build(workshop, 'install and compile', cwd, 'app', '.');
    await workshop.run('synth', path.join(cwd, 'app'), [], { cwd, env: { CDK_OUTDIR: 'cdk.out' } });
    const refusals = await workshop.run('mistakes', path.join(cwd, 'app'), ['refused'], { cwd });

    const deployed = { GOOS: 'linux', GOARCH: 'arm64', CGO_ENABLED: '0' };
    await build(
      workshop,
      'compile the step for Lambda',
      example,
      'build/lambda/bootstrap',
      './step',
      deployed,
    );
    await build(workshop, 'compile the step for here', example, 'build/local/bootstrap', './step');
    await build(workshop, 'compile the example', example, 'build/app', '.');
    const app = ['--app', 'build/app'];
    if (process.arch !== 'arm64') await isToldToBuildForHere(workshop, packages.commandLine, example, app);
    const published = await runExample(workshop, packages, example, [
      ...app,
      '--code',
      `${STEP}=build/local`,
    ]);
    return [{ templates: path.join(cwd, 'cdk.out'), refusals, published }];
  },
};

function build(
  workshop: Workshop,
  what: string,
  cwd: string,
  output: string,
  source: string,
  env?: Readonly<Record<string, string>>,
): Promise<string> {
  return workshop.run(what, 'go', ['build', '-mod=mod', '-o', output, source], { cwd, env });
}

/** Without the step that is built for this machine, the run ends before the file comes, and says what to do. */
async function isToldToBuildForHere(
  workshop: Workshop,
  commandLine: Promise<string>,
  cwd: string,
  app: readonly string[],
): Promise<void> {
  await assert.rejects(
    workshop.run('other processor', process.execPath, [await commandLine, 'run', 'orders.csv', ...app], {
      cwd,
    }),
    /provided\.al2023 of \S+Enrich\S*: its bootstrap is built for linux\/arm64, and this machine is .* --code Shop/,
  );
}
