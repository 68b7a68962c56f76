import { randomUUID } from 'node:crypto';
import { sdkResponse } from './service-response';
import type { TaskFamily } from './task-resources';
import type { JsonObject } from '../../json/json-value';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../../services';

/** `events:putEvents` on the default bus. Detail is JSON, not a text. */
export const eventsResource: TaskFamily = (name, services) => {
  if (name !== 'events:putEvents') return undefined;
  return {
    resourceType: 'events',
    resource: 'putEvents',
    parameters: ['Entries'],
    call: async (parameters, scope) => {
      const bus = `arn:aws:events:${LOCAL_REGION}:${LOCAL_ACCOUNT}:event-bus/default`;
      services.authorizer.authorize(scope.role, 'events:PutEvents', bus);
      const entries = (parameters as { Entries?: JsonObject[] }).Entries ?? [];
      const results: JsonObject[] = [];
      for (const entry of entries) {
        // Step Functions adds the execution and its machine to what the event is about.
        const resources = [
          scope.executionArn,
          scope.stateMachineArn,
          ...((entry.Resources ?? []) as string[]),
        ];
        await services.events.put({
          source: entry.Source as string,
          'detail-type': entry.DetailType as string,
          resources,
          detail: entry.Detail as JsonObject,
        });
        results.push({ EventId: randomUUID() });
      }
      return sdkResponse({ Entries: results, FailedEntryCount: 0 });
    },
  };
};
