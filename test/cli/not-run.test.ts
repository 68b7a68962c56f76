import { describeNotRun } from '../../src/cli/not-run';

const alarm = (id: number) => ({ path: `Shop/Alarm${id}`, type: 'AWS::CloudWatch::Alarm' });

it('says nothing where the pipeline reaches everything', () => {
  expect(describeNotRun([])).toEqual([]);
});

it('lists a few resources by path and type', () => {
  expect(describeNotRun([alarm(1), alarm(2)])).toEqual([
    'not run, as the pipeline does not reach it:',
    '  Shop/Alarm1 (AWS::CloudWatch::Alarm)',
    '  Shop/Alarm2 (AWS::CloudWatch::Alarm)',
  ]);
});

it('counts many, so that they do not hide the result', () => {
  const many = Array.from({ length: 150 }, (_, id) => alarm(id));
  expect(describeNotRun([...many, { path: 'Other/Topic', type: 'AWS::SNS::Topic' }])).toEqual([
    'not run, as the pipeline does not reach it: 151 resources of Shop, Other (notRun in jobs.json lists them)',
  ]);
});
