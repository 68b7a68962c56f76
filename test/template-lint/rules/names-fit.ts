import { NAMINGS } from '../physical-names';
import type { Rule } from '../rule';

export const namesFit: Rule = {
  id: 'names-fit',
  says: 'Every fixed name has the length and the characters that its service takes.',
  source: 'https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html',
  check: (template) =>
    template.resources.flatMap(({ id, type, properties }) => {
      const naming = NAMINGS[type];
      const name = naming && properties[naming.property];
      if (name === undefined || (name.length <= naming.maxLength && naming.pattern.test(name))) return [];
      return [{ resource: id, problem: `${name.length} of ${naming.maxLength} characters: ${name}` }];
    }),
  violations: {
    'a function has 65 characters': (draft) => {
      const { Properties } = draft.one('AWS::Lambda::Function', 'Finish');
      Properties.FunctionName = Properties.FunctionName.padEnd(65, 'x');
    },
    'a bucket has an upper-case letter': (draft) => {
      draft.one('AWS::S3::Bucket').Properties.BucketName['Fn::Join'][1][0] = 'Orders-';
    },
    'a bucket is too long once the region is in its name': (draft) => {
      draft.one('AWS::S3::Bucket').Properties.BucketName['Fn::Join'][1][0] = `${'x'.repeat(36)}-`;
    },
    'an alarm has 256 characters': (draft) => {
      draft.one('AWS::CloudWatch::Alarm').Properties.AlarmName = 'x'.repeat(256);
    },
    'a queue has a dot': (draft) => {
      draft.one('AWS::SQS::Queue').Properties.QueueName = 'orders.dead';
    },
  },
};
