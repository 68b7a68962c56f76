import { PREFIX, REJECTS_SUFFIX } from '../shared/layout';
import { PipelineError } from '../spec/pipeline-error';

/** Longest key of an S3 object, in bytes of UTF-8. */
export const MAX_KEY_BYTES = 1024;

/** Which keys a pipeline takes in. */
export interface InputFilter {
  readonly prefix: string;
  readonly suffixes: readonly string[];
}

/**
 * Key of an S3 notification, which is form-encoded: `+` is a space, the rest percent-encoded.
 * Keys of EventBridge events are not encoded at all.
 *
 * @throws URIError where a `%` is not followed by two hex digits.
 */
export function decodeEventKey(encoded: string): string {
  return decodeURIComponent(encoded.replaceAll('+', ' '));
}

/** Whether a key is input of the pipeline. Case matters, as it does in S3's own filters. */
export function isInput(key: string, filter: InputFilter): boolean {
  return key.startsWith(filter.prefix) && filter.suffixes.some((suffix) => key.endsWith(suffix));
}

/** The ending of a file's name. */
const FILE_EXTENSION = /(?:\.[^./]+)?$/;

/**
 * Where a source is published: under `processed/`, at the path that it has under the input prefix, and inflated. In a
 * format with an extension of its own, that takes the place of the source's.
 */
export function outputKeyOf(sourceKey: string, inputPrefix: string, extension?: string): string {
  const key = PREFIX.processed + inflatedPath(sourceKey, inputPrefix);
  return checkedLength(extension === undefined ? key : key.replace(FILE_EXTENSION, extension));
}

/**
 * Where a job's rejects go: `failed/<path of the source>/<name>.<jobId>.rejects.csv`. The job id keeps two versions of
 * a source apart, and tells the file when it is dropped back.
 */
export function rejectsKeyOf(sourceKey: string, inputPrefix: string, jobId: string): string {
  const path = inflatedPath(sourceKey, inputPrefix);
  const stem = path.endsWith('.csv') ? path.slice(0, -'.csv'.length) : path;
  return checkedLength(`${PREFIX.failed}${stem}.${jobId}${REJECTS_SUFFIX}`);
}

/** The path of a source below the input prefix; that of a gzip file without `.gz`, since nothing that is published is one. */
function inflatedPath(sourceKey: string, inputPrefix: string): string {
  return sourceKey.slice(inputPrefix.length).replace(/\.csv\.gz$/, '.csv');
}

function checkedLength(key: string): string {
  const bytes = Buffer.byteLength(key, 'utf8');
  if (bytes <= MAX_KEY_BYTES) return key;
  throw new PipelineError(
    'key-too-long',
    `the source's key leads to a key of ${bytes} bytes, and S3 takes at most ${MAX_KEY_BYTES}: shorten its path or name`,
  );
}
