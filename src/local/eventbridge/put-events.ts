import { randomUUID } from 'node:crypto';
import { isObject, type Json } from '../json/json-value';
import { AwsError } from '../services';
import type { EventBus } from './event-bus';

/** An entry of PutEvents. */
interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Resources?: string[];
  /** Epoch seconds. */
  readonly Time?: number;
  readonly EventBusName?: string;
}

const MOST_ENTRIES = 10;
/** Bytes of all entries together. */
const LARGEST_REQUEST = 262_144;

/** Puts events on the bus. What is wrong with an entry is said of that entry alone. */
export async function putEvents(bus: EventBus, { Entries: entries }: { Entries?: Entry[] }): Promise<object> {
  if (!Array.isArray(entries) || entries.length < 1 || entries.length > MOST_ENTRIES) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${MOST_ENTRIES}`,
    );
  }
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > LARGEST_REQUEST) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  const results = await Promise.all(entries.map((entry) => putEntry(bus, entry)));
  return { Entries: results, FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length };
}

async function putEntry(bus: EventBus, entry: Entry): Promise<object> {
  const refusal = refusalOf(entry);
  if (refusal) return { ErrorCode: refusal[0], ErrorMessage: refusal[1] };
  await bus.put({
    source: entry.Source!,
    'detail-type': entry.DetailType!,
    resources: entry.Resources ?? [],
    detail: JSON.parse(entry.Detail!) as object,
    time: entry.Time === undefined ? undefined : new Date(entry.Time * 1000).toISOString(),
  });
  return { EventId: randomUUID() };
}

function refusalOf(entry: Entry): [code: string, message: string] | undefined {
  for (const field of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[field]) {
      return ['InvalidArgument', `Parameter ${field} is not valid. Reason: ${field} is a required argument.`];
    }
  }
  if (entry.Source!.startsWith('aws.')) {
    return ['NotAuthorizedForSourceException', 'Not authorized for the source.'];
  }
  if (!/^(.*\/)?default$/.test(entry.EventBusName ?? 'default')) {
    return ['ResourceNotFoundException', `Event bus ${entry.EventBusName} does not exist.`];
  }
  return isObjectText(entry.Detail!) ? undefined : ['MalformedDetail', 'Detail is malformed.'];
}

function isObjectText(text: string): boolean {
  try {
    return isObject(JSON.parse(text) as Json);
  } catch {
    return false;
  }
}

/** As AWS counts an entry: 14 bytes for its time, and the UTF-8 of everything else. */
function sizeOf({ Time: time, Source = '', DetailType = '', Detail = '', Resources = [] }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text, 'utf8'), time === undefined ? 0 : 14);
}
