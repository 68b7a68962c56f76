import { attributesOf, withAttributes } from './queue-attributes';
import type { QueueOperation } from './sqs-service';

/** Operations on a queue as a whole. */
export const queueOperations: Readonly<Record<string, QueueOperation>> = {
  GetQueueAttributes: {
    action: 'sqs:GetQueueAttributes',
    perform: (queue, input) => {
      const asked = (input.AttributeNames ?? []) as string[];
      const all = Object.entries(attributesOf(queue));
      return {
        Attributes: Object.fromEntries(all.filter(([name]) => asked.includes('All') || asked.includes(name))),
      };
    },
  },
  SetQueueAttributes: {
    action: 'sqs:SetQueueAttributes',
    perform: (queue, input) => {
      queue.settings = withAttributes(queue.settings, (input.Attributes ?? {}) as Record<string, string>);
      return {};
    },
  },
  PurgeQueue: {
    action: 'sqs:PurgeQueue',
    perform: (queue) => {
      queue.purge();
      return {};
    },
  },
};
