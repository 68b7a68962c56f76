import { stack } from './stacks';
import type { AssemblyStack, TemplateEntry } from '../../../src/local/assembly';
import { reachOf } from '../../../src/local/template/reach';
import { PIPELINE_METADATA } from '../../../src/shared/layout';

const provides = (type: string): boolean => type.startsWith('Known');

function thing(...needs: string[]): TemplateEntry {
  return { Type: 'Known::Thing', Properties: { needs: needs.map((Ref) => ({ Ref })) } };
}

const trigger = (path: string, ...needs: string[]): TemplateEntry => ({
  ...thing(...needs),
  Metadata: { [PIPELINE_METADATA]: { path, bucketName: { Ref: 'Bucket' } } },
});

function reached(stacks: AssemblyStack[], pipelines = ['App/Etl']): string[] {
  return [...reachOf(stacks, pipelines, provides).reached].sort();
}

describe('a local run', () => {
  it('reaches what a pipeline refers to, and what refers to that', () => {
    const Resources = {
      Trigger: trigger('App/Etl', 'Role'),
      Bucket: thing(),
      Role: thing(),
      Policy: thing('Role', 'Bucket'),
      Rule: thing('Check'),
      Check: thing('Bucket'),
      Unrelated: thing(),
    };
    const { reached: ids, notRun } = reachOf([stack('App', { Resources })], ['App/Etl'], provides);
    expect([...ids].sort()).toEqual([
      'App/Bucket',
      'App/Check',
      'App/Policy',
      'App/Role',
      'App/Rule',
      'App/Trigger',
    ]);
    expect(notRun).toEqual([{ path: 'App/Unrelated', type: 'Known::Thing' }]);
  });

  it('reaches everything under the pipeline in the construct tree', () => {
    const paths = new Map([
      ['Alone', 'App/Etl/Alone'],
      ['Else', 'App/EtlElse/Thing'],
    ]);
    const Resources = { Trigger: trigger('App/Etl'), Bucket: thing(), Alone: thing(), Else: thing() };
    expect(reached([stack('App', { Resources }, { paths })])).toEqual([
      'App/Alone',
      'App/Bucket',
      'App/Trigger',
    ]);
  });

  it('reaches over stacks', () => {
    const first = stack('First', {
      Resources: { Bucket: thing(), Other: thing() },
      Outputs: {
        Out: { Value: { Ref: 'Bucket' }, Export: { Name: 'bucket' } },
        Plain: { Value: { Ref: 'Other' } },
      },
    });
    const Trigger = { ...trigger('App/Etl'), Properties: { bucket: { 'Fn::ImportValue': 'bucket' } } };
    const second = stack('Second', { Resources: { Trigger, Bucket: thing() } });
    expect(reached([first, second])).toEqual(['First/Bucket', 'Second/Bucket', 'Second/Trigger']);
  });

  it('fails where a pipeline needs a type that is not provided, and names it', () => {
    const Resources = {
      Trigger: trigger('App/Etl', 'Cluster'),
      Bucket: thing(),
      Cluster: { Type: 'AWS::EKS::Cluster' },
    };
    const paths = new Map([['Cluster', 'App/Etl/Cluster/Resource']]);
    expect(() => reached([stack('App', { Resources }, { paths })])).toThrow(
      'the local run does not provide the resource type AWS::EKS::Cluster, which the pipeline needs at App/Etl/Cluster/Resource',
    );
  });

  it('lists what refers to a pipeline and cannot be provided, with what only that needs', () => {
    const Resources = {
      Trigger: trigger('App/Etl'),
      Bucket: thing(),
      Consumer: thing('Bucket', 'Network'),
      Network: { Type: 'AWS::EC2::VPC' },
      Distribution: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: { origin: { 'Fn::GetAtt': 'Bucket.DomainName' } },
      },
      Usage: { Type: 'AWS::CDK::Metadata' },
    };
    const { notRun } = reachOf([stack('App', { Resources })], ['App/Etl'], provides);
    expect(notRun.map(({ path }) => path)).toEqual(['App/Consumer', 'App/Network', 'App/Distribution']);
  });

  it('is not led astray by the function that custom resources share', () => {
    const custom = (bucket: string): TemplateEntry => ({
      Type: 'Known::Custom',
      Properties: { ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] }, bucket: { Ref: bucket } },
    });
    const Resources = {
      Trigger: trigger('App/Etl'),
      Bucket: thing(),
      Mine: custom('Bucket'),
      Theirs: custom('OtherBucket'),
      OtherBucket: thing(),
      Handler: thing(),
    };
    expect(reached([stack('App', { Resources })])).toEqual(['App/Bucket', 'App/Mine', 'App/Trigger']);
  });

  it('runs a function of a network without the network', () => {
    const { reached: ids, notRun } = reachOf(
      [
        stack('App', {
          Resources: {
            Trigger: {
              ...trigger('App/Etl'),
              Type: 'AWS::Lambda::Function',
              Properties: { VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }] } },
            },
            Bucket: thing(),
            Subnet: { Type: 'AWS::EC2::Subnet' },
          },
        }),
      ],
      ['App/Etl'],
      (type) => provides(type) || type === 'AWS::Lambda::Function',
    );
    expect([...ids].sort()).toEqual(['App/Bucket', 'App/Trigger']);
    expect(notRun).toEqual([{ path: 'App/Subnet', type: 'AWS::EC2::Subnet' }]);
  });

  it('runs the pipelines that are named, and lists the others', () => {
    const Resources = {
      Trigger: trigger('App/Etl'),
      Bucket: thing(),
      Second: { ...thing(), Metadata: { [PIPELINE_METADATA]: { path: 'App/Two' } } },
    };
    expect(reachOf([stack('App', { Resources })], ['App/Etl'], provides).notRun).toEqual([
      { path: 'App/Second', type: 'Known::Thing' },
    ]);
  });

  it('runs an app without a pipeline as a whole', () => {
    expect(
      reached([stack('App', { Resources: { A: thing(), B: thing() } }), stack('Empty', {})], []),
    ).toEqual(['App/A', 'App/B']);
  });

  it.each(['AWS::SQS::QueueInlinePolicy', 'AWS::IAM::RolePolicy', 'AWS::Events::EventBusPolicy'])(
    'refuses %s on what it reaches where it cannot judge by it',
    (Type) => {
      const paths = new Map([['Rights', 'App/Rights']]);
      const Resources = {
        Trigger: trigger('App/Etl'),
        Bucket: thing(),
        Rights: { ...thing('Bucket'), Type },
      };
      expect(() => reached([stack('App', { Resources }, { paths })])).toThrow(
        `the local run does not provide the resource type ${Type}, whose rights the pipeline's calls need at App/Rights`,
      );
      const elsewhere = { ...Resources, Other: thing(), Rights: { ...thing('Other'), Type } };
      expect(reached([stack('App', { Resources: elsewhere }, { paths })])).toEqual([
        'App/Bucket',
        'App/Trigger',
      ]);
    },
  );
});
