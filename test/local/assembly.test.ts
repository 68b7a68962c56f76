import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, Stack, Stage, aws_s3_assets as assets, aws_sqs as sqs } from 'aws-cdk-lib';
import { readAssembly, selectStacks } from '../../src/local/assembly';

let directory: string;
beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), 'assembly-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('an assembly', () => {
  it('gives its stacks in the order in which they can be made, those of stages too', () => {
    const app = new App({ outdir: directory });
    const later = new Stack(app, 'Later', { stackName: 'later-name' });
    const earlier = new Stack(app, 'Earlier');
    later.addDependency(earlier);
    new Stack(new Stage(app, 'Stage'), 'Inner');
    app.synth();
    const stacks = readAssembly(directory);
    const names = stacks.map(({ name }) => name);
    expect([...names].sort()).toEqual(['Earlier', 'Stage-Inner', 'later-name']);
    expect(names.indexOf('Earlier')).toBeLessThan(names.indexOf('later-name'));
    expect(stacks.find(({ name }) => name === 'later-name')!.dependencies).toEqual(['Earlier']);
  });

  it('knows assets and construct paths', () => {
    const app = new App({ outdir: directory });
    const stack = new Stack(app, 'Main');
    const queue = new sqs.Queue(stack, 'Queue');
    new assets.Asset(stack, 'File', { path: __filename });
    new assets.Asset(stack, 'Folder', { path: path.join(__dirname, 'template') });
    app.synth();
    const [main] = readAssembly(directory);
    expect(main!.paths.get(stack.getLogicalId(queue.node.defaultChild as sqs.CfnQueue))).toBe(
      'Main/Queue/Resource',
    );
    expect(main!.assets.map(({ packaging }) => packaging).sort()).toEqual(['file', 'file', 'zip']);
    expect(main!.assets.every(({ source }) => path.isAbsolute(source))).toBe(true);
    expect(main!.assets[0]!.bucketName).toBe('cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}');
  });

  it('may be empty', () => {
    writeFileSync(path.join(directory, 'manifest.json'), '{}');
    expect(readAssembly(directory)).toEqual([]);
  });

  it('is refused where it is none', () => {
    expect(() => readAssembly(directory)).toThrow(
      `${directory} is no cloud assembly: it has no manifest.json`,
    );
  });

  it('is refused where the app still has to look values up', () => {
    writeFileSync(
      path.join(directory, 'manifest.json'),
      JSON.stringify({ missing: [{ key: 'vpc-provider:1' }] }),
    );
    expect(() => readAssembly(directory)).toThrow(
      'the app looks up values in an AWS account that are not in its cdk.context.json: vpc-provider:1',
    );
  });
});

describe('a choice of stacks', () => {
  const stack = (name: string, ...dependencies: string[]) =>
    ({ name, dependencies, template: {}, parameters: {}, assets: [], paths: new Map() }) as const;
  const stacks = [stack('A'), stack('B', 'A'), stack('C', 'B', 'Elsewhere'), stack('D')];
  const names = (...chosen: string[]): string[] => selectStacks(stacks, chosen).map(({ name }) => name);

  it('brings what the stacks depend on', () => {
    expect(names('C')).toEqual(['A', 'B', 'C']);
    expect(names('D')).toEqual(['D']);
  });

  it('is all of them where none is named', () => {
    expect(names()).toEqual(['A', 'B', 'C', 'D']);
  });

  it('is refused where a stack is not there', () => {
    expect(() => names('E')).toThrow('the app has no stack E; it has A, B, C, D');
  });
});
