import { Lazy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { EtlApi, EtlBucket, EtlStateMachine, type EtlStateMachineProps, EtlTrigger, JobTable } from '../src';
import { appWith, errorOf, templateOf } from './synthesis';

type Own = Partial<EtlStateMachineProps>;

/** What trigger and API are given beside their stores and their state machine. */
type IntakeProps = Partial<Pick<EtlStateMachineProps, 'bucket' | 'jobTable' | 'pipeline' | 'inputPrefix'>>;

const importedBucket = (stack: Stack, id: string, name: string) => s3.Bucket.fromBucketName(stack, id, name);
const importedTable = (stack: Stack, id: string, name: string) =>
  dynamodb.Table.fromTableName(stack, id, name);

function machineIn(stack: Stack, props: Own = {}): EtlStateMachine {
  return new EtlStateMachine(stack, 'Own', {
    bucket: importedBucket(stack, 'Data', 'data'),
    jobTable: importedTable(stack, 'Jobs', 'jobs'),
    ...props,
  });
}

const KINDS = {
  EtlTrigger: (stack: Stack, machine: EtlStateMachine, props: IntakeProps) =>
    new EtlTrigger(stack, 'Intake', intakeProps(machine, props)),
  EtlApi: (stack: Stack, machine: EtlStateMachine, props: IntakeProps) =>
    new EtlApi(stack, 'Intake', intakeProps(machine, props)),
};

/** Stores and state machine of the owner, as far as the props do not say otherwise. */
const intakeProps = (machine: EtlStateMachine, props: IntakeProps) => ({
  bucket: machine.bucket,
  jobTable: machine.jobTable,
  stateMachine: machine.stateMachine,
  ...props,
});

describe.each(Object.entries(KINDS))('%s beside the state machine that it starts', (_, intakeIn) => {
  const messageOf = (props: (stack: Stack) => IntakeProps, own: (stack: Stack) => Own = () => ({})) =>
    errorOf((stack) => intakeIn(stack, machineIn(stack, own(stack)), props(stack)));

  it('takes its pipeline and its input prefix', () => {
    templateOf((stack) => {
      const machine = machineIn(stack, { inputPrefix: 'incoming/' });
      const { pipeline, inputPrefix } = intakeIn(stack, machine, {});
      expect({ pipeline, inputPrefix }).toEqual({ pipeline: machine.pipeline, inputPrefix: 'incoming/' });
    });
  });

  it('may say the same once more', () => {
    expect(
      messageOf(
        () => ({ pipeline: 'orders', inputPrefix: 'incoming/' }),
        () => ({ pipeline: 'orders', inputPrefix: 'incoming/' }),
      ),
    ).toBe('nothing was thrown');
  });

  it.each<[IntakeProps, string]>([
    [
      { inputPrefix: 'in/' },
      'inputPrefix must be that of the state machine Shop/Own, got "in/", expected "raw/"',
    ],
    [{ pipeline: 'a' }, 'pipeline must be that of the state machine Shop/Own, got "a", expected "orders"'],
  ])('cannot have %j, for which its functions have no rights', (props, message) => {
    expect(
      messageOf(
        () => props,
        () => ({ pipeline: 'orders' }),
      ),
    ).toBe(`Shop/Intake: ${message}`);
  });

  it('cannot have another bucket', () => {
    expect(messageOf((stack) => ({ bucket: importedBucket(stack, 'Other', 'other') }))).toBe(
      'Shop/Intake: bucket must be that of the state machine Shop/Own, got Shop/Other, expected Shop/Data',
    );
    expect(
      messageOf(
        (stack) => ({ bucket: new EtlBucket(stack, 'Two').bucket }),
        (stack) => ({ bucket: new EtlBucket(stack, 'One').bucket }),
      ),
    ).toBe(
      'Shop/Intake: bucket must be that of the state machine Shop/Own, got Shop/Two/Bucket, expected Shop/One/Bucket',
    );
    expect(
      messageOf(
        (stack) => ({ bucket: importedBucket(stack, 'Other', 'other') }),
        (stack) => ({ bucket: new s3.Bucket(stack, 'Named', { bucketName: 'named' }) }),
      ),
    ).toContain('got Shop/Other, expected Shop/Named');
  });

  it('cannot have another table', () => {
    expect(messageOf((stack) => ({ jobTable: importedTable(stack, 'Other', 'other') }))).toBe(
      'Shop/Intake: jobTable must be that of the state machine Shop/Own, got Shop/Other, expected Shop/Jobs',
    );
    expect(messageOf((stack) => ({ jobTable: new JobTable(stack, 'Mine').table }))).toContain(
      'got Shop/Mine/Table, expected Shop/Jobs',
    );
  });

  it('may speak of the same stores by another import', () => {
    expect(
      messageOf((stack) => ({
        bucket: importedBucket(stack, 'DataAgain', 'data'),
        jobTable: importedTable(stack, 'JobsAgain', 'jobs'),
      })),
    ).toBe('nothing was thrown');
  });

  it('is not compared where only CloudFormation knows names and prefix', () => {
    const late = (text: string) => Lazy.string({ produce: () => text });
    expect(
      messageOf((stack) => ({
        bucket: importedBucket(stack, 'Late', late('data')),
        jobTable: importedTable(stack, 'LateJobs', late('jobs')),
        inputPrefix: late('raw/'),
      })),
    ).toBe('nothing was thrown');
    expect(
      messageOf(
        () => ({ inputPrefix: 'raw/' }),
        () => ({ inputPrefix: late('raw/') }),
      ),
    ).toBe('nothing was thrown');
  });
});

it('a trigger in another stack is compared, too', () => {
  const app = appWith();
  const machine = machineIn(new Stack(app, 'Pipeline'));
  expect(() => KINDS.EtlTrigger(new Stack(app, 'Intake'), machine, { inputPrefix: 'in/' })).toThrow(
    'Intake/Intake: inputPrefix must be that of the state machine Pipeline/Own, got "in/", expected "raw/"',
  );
});
