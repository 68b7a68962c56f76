import { randomUUID } from 'node:crypto';
import { requireText, sdkResponse } from './service-response';
import type { TaskFamily } from './task-resources';

/** `sns:publish`. Nobody subscribes locally: the message is accepted and stands in the execution's history. */
export const snsResource: TaskFamily = (name, services) => {
  if (name !== 'sns:publish') return undefined;
  return {
    resourceType: 'sns',
    resource: 'publish',
    parameters: ['TopicArn', 'Message', 'Subject', 'MessageAttributes', 'MessageStructure'],
    call: async (parameters, scope) => {
      services.authorizer.authorize(scope.role, 'sns:Publish', requireText(parameters, 'TopicArn'));
      return sdkResponse({ MessageId: randomUUID() });
    },
  };
};
