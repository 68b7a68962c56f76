import {
  AwsError,
  LOCAL_ACCOUNT,
  LOCAL_PARTITION,
  LOCAL_REGION,
  type Authorizer,
  type Principal,
} from '../services';

/**
 * Lambda's way to CloudWatch Logs. It writes what a function prints in the name of the function's role, and where that
 * may not, nothing is written and nothing fails: neither lines nor the metrics embedded in them are ever seen.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
 */
export class FunctionLogs {
  /**
   * @param groups names of the log groups that there are; one that Lambda has to make needs a right of its own, and is
   * added
   */
  constructor(
    private readonly authorizer: Authorizer,
    private readonly groups: Set<string>,
  ) {}

  /** Whether a stream for an execution environment can be made and written to. */
  open(group: string, stream: string, principal: Principal): boolean {
    const groupArn = `arn:${LOCAL_PARTITION}:logs:${LOCAL_REGION}:${LOCAL_ACCOUNT}:log-group:${group}`;
    try {
      if (!this.groups.has(group)) {
        this.authorizer.authorize(principal, 'logs:CreateLogGroup', groupArn);
        this.groups.add(group);
      }
      // The stream is not there yet, and AWS judges it without its name.
      this.authorizer.authorize(principal, 'logs:CreateLogStream', `${groupArn}:log-stream:`);
      this.authorizer.authorize(principal, 'logs:PutLogEvents', `${groupArn}:log-stream:${stream}`);
      return true;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return false;
    }
  }
}
