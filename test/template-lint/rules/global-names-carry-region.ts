import { LONGEST, NAMINGS } from '../physical-names';
import type { Rule } from '../rule';

/** Names that are taken in all regions at once. */
const GLOBAL = ['AWS::CloudWatch::Dashboard', 'AWS::IAM::Role', 'AWS::S3::Bucket'];

export const globalNamesCarryRegion: Rule = {
  id: 'global-names-carry-region',
  says: 'Dashboards, roles and buckets carry the region in their names, or have none.',
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html',
  check: (template) =>
    template.ofType(...GLOBAL).flatMap(({ id, type, properties }) => {
      const name: string | undefined = properties[NAMINGS[type].property];
      if (name === undefined || name.includes(LONGEST.region)) return [];
      return [{ resource: id, problem: `${name} would be the same in another region` }];
    }),
  violations: {
    'a dashboard without its region': (draft) => {
      draft.one('AWS::CloudWatch::Dashboard').Properties.DashboardName = 'orders';
    },
    'a role with a name': (draft) => {
      draft.one('AWS::IAM::Role', 'Finish').Properties.RoleName = 'finish';
    },
    'a bucket without its region': (draft) => {
      draft.one('AWS::S3::Bucket').Properties.BucketName = 'orders';
    },
  },
};
