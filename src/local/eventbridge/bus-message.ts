import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../json/json-value';
import { LOCAL_ACCOUNT, LOCAL_REGION, type BusEvent } from '../services';

/** An event as targets get it. Times have no fraction of a second. */
export function busMessage(event: BusEvent, now: number): JsonObject {
  const time = event.time === undefined ? now : Date.parse(event.time);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': event['detail-type'],
    source: event.source,
    account: LOCAL_ACCOUNT,
    time: `${new Date(time).toISOString().slice(0, 19)}Z`,
    region: LOCAL_REGION,
    resources: [...event.resources],
    detail: event.detail as Json,
  };
}
