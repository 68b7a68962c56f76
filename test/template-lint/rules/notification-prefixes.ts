import type { Rule } from '../rule';

interface Filter {
  readonly prefix: string;
  readonly suffix: string;
}

export const notificationPrefixes: Rule = {
  id: 'notification-prefixes',
  says: 'No two notifications of a bucket could stand for the same key.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html',
  check: (template) =>
    template.ofType('Custom::S3BucketNotifications').flatMap(({ id, properties }) => {
      const configurations: any[] = Object.entries(properties.NotificationConfiguration)
        .filter(([name]) => name.endsWith('Configurations'))
        .flatMap(([, list]) => list as any[]);
      const filters = configurations.map(filterOf);
      return filters.flatMap((filter, index) =>
        filters
          .slice(index + 1)
          .filter((other) => overlap(filter, other))
          .map((other) => ({
            resource: id,
            problem: `${filter.prefix}*${filter.suffix} and ${other.prefix}*${other.suffix} overlap`,
          })),
      );
    }),
  violations: {
    'one suffix ends with the other': (draft) => {
      const { Properties } = draft.one('Custom::S3BucketNotifications');
      const [first, second] = Properties.NotificationConfiguration.LambdaFunctionConfigurations;
      second.Filter = structuredClone(first.Filter);
      second.Filter.Key.FilterRules.find((rule: any) => rule.Name === 'suffix').Value = '.tar.csv';
    },
    'one has no filter': (draft) => {
      const { Properties } = draft.one('Custom::S3BucketNotifications');
      delete Properties.NotificationConfiguration.LambdaFunctionConfigurations[0].Filter;
    },
  },
};

function filterOf(configuration: any): Filter {
  const rules: any[] = configuration.Filter?.Key?.FilterRules ?? [];
  const value = (name: string) => rules.find((rule) => rule.Name.toLowerCase() === name)?.Value ?? '';
  return { prefix: value('prefix'), suffix: value('suffix') };
}

function overlap(one: Filter, other: Filter): boolean {
  return (
    (one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix)) &&
    (one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix))
  );
}
