import type { JobItem } from '../../shared/job';
import { JOB_ID_PATTERN } from '../jobs/job-identity';
import { log } from '../log';
import { isTransient } from '../transient-error';
import { type ApiResponse, jsonResponse, Problem, problemResponse } from './problem';
import { type TriggerContext, triggerJob } from './trigger-job';
import { parseTriggerRequest } from './trigger-request';

/** The members of a proxy event (version 1) that are used. */
export interface ApiRequest {
  readonly resource: string;
  readonly httpMethod: string;
  readonly pathParameters?: Readonly<Record<string, string | undefined>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

export interface ApiContext extends TriggerContext {
  readonly pipeline: string;
}

/** Answers a request; whatever goes wrong is answered by a problem document. */
export async function answer(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  try {
    return await route(context, request);
  } catch (error) {
    return problemResponse(problemOf(error));
  }
}

async function route(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  switch (`${request.httpMethod} ${request.resource}`) {
    case 'GET /status/{jobId}':
      return jsonResponse(200, await statusOfJob(context, request.pathParameters?.jobId ?? ''));
    case 'POST /trigger': {
      const { item, isNew, executionArn } = await triggerJob(context, parseTriggerRequest(bodyOf(request)));
      const { jobId, status } = item;
      return jsonResponse(isNew ? 202 : 200, { jobId, status, executionArn });
    }
    default:
      throw new Problem(404, 'no-such-route', `there is no ${request.httpMethod} ${request.resource}`);
  }
}

/** The job's item, without what only conditions need. Jobs of other pipelines in the same table are not shown. */
async function statusOfJob({ store, pipeline }: ApiContext, jobId: string): Promise<Partial<JobItem>> {
  if (!JOB_ID_PATTERN.test(jobId)) {
    throw new Problem(
      400,
      'malformed-request',
      'the job id is not 32 hex characters, with or without -<n> of a replay',
    );
  }
  const item = await store.findById(jobId);
  if (item?.pipeline !== pipeline) throw new Problem(404, 'job-not-found', `there is no job ${jobId}`);
  const { statusRank, replays, ...shown } = item;
  return shown;
}

function bodyOf({ body, isBase64Encoded }: ApiRequest): string | null | undefined {
  return body && isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { name, message } = error as Error;
  log('ERROR', 'request failed', { error: name, reason: message });
  if (isTransient(error)) {
    return new Problem(503, 'try-again', 'a service behind the API did not answer in time: try again');
  }
  return new Problem(500, 'internal-error', "the request failed; the function's log has the reason");
}
