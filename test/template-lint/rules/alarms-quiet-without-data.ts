import type { Rule } from '../rule';

export const alarmsQuietWithoutData: Rule = {
  id: 'alarms-quiet-without-data',
  says: 'An alarm is quiet while there is nothing to measure: metrics of the pipeline come with its jobs.',
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html',
  check: (template) =>
    template
      .ofType('AWS::CloudWatch::Alarm')
      .filter(({ properties }) => properties.TreatMissingData !== 'notBreaching')
      .map(({ id, properties }) => ({
        resource: id,
        problem: `missing data is ${properties.TreatMissingData}`,
      })),
  violations: {
    'missing data raises it': (draft) => {
      draft.one('AWS::CloudWatch::Alarm').Properties.TreatMissingData = 'breaching';
    },
    'missing data leaves it as it is': (draft) => {
      delete draft.one('AWS::CloudWatch::Alarm').Properties.TreatMissingData;
    },
  },
};
