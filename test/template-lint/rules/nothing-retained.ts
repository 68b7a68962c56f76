import type { Rule } from '../rule';

/** Types whose data CloudFormation keeps, or deletes only where it is told to. */
const KEEPS_DATA = [
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
];

export const nothingRetained: Rule = {
  id: 'nothing-retained',
  says: 'Nothing outlives the stack unless a prop says so; a bucket is emptied first.',
  source:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
  check: (template) =>
    template.resources.flatMap(
      ({ id, type, properties, deletionPolicy = 'Delete', updateReplacePolicy = 'Delete' }) => {
        const problems = [
          `${deletionPolicy}${updateReplacePolicy}` !== 'DeleteDelete' &&
            `${deletionPolicy} and ${updateReplacePolicy}`,
          properties.DeletionProtectionEnabled && 'protected from deletion',
          KEEPS_DATA.includes(type) &&
            template.body.Resources[id].DeletionPolicy === undefined &&
            'no policy says that it goes',
        ];
        return problems
          .filter((problem) => typeof problem === 'string')
          .map((problem) => ({ resource: id, problem }));
      },
    ),
  violations: {
    'a queue stays': (draft) => {
      draft.one('AWS::SQS::Queue').DeletionPolicy = 'Retain';
    },
    'a replaced table stays': (draft) => {
      draft.one('AWS::DynamoDB::Table').UpdateReplacePolicy = 'Retain';
    },
    'a table is protected': (draft) => {
      draft.one('AWS::DynamoDB::Table').Properties.DeletionProtectionEnabled = true;
    },
    'a log group is left to chance': (draft) => {
      delete draft.one('AWS::Logs::LogGroup').DeletionPolicy;
    },
  },
};
