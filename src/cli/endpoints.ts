import type { LocalRun } from '../local/local-run';
import type { Pipeline } from '../local/template/pipelines';

/** How to use a run that is kept up: its address and keys, and commands to copy. */
export function describeEndpoints(run: LocalRun, pipeline: Pipeline): string {
  const { accessKeyId, secretAccessKey } = run.credentials;
  const { bucketName, inputPrefix, jobTableName, stateMachineArn } = pipeline;
  const apiUrl = Object.values(run.outputs[pipeline.stackName] ?? {}).find((value) =>
    /^http:\/\/127\.0\.0\.1:\d+\/[^/]+\/$/.test(value),
  );
  return [
    `export AWS_ENDPOINT_URL=${run.endpoint} AWS_REGION=${run.region} AWS_DEFAULT_REGION=${run.region}`,
    `export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    `aws s3 cp FILE s3://${bucketName}/${inputPrefix}`,
    `aws s3 ls --recursive s3://${bucketName}/`,
    `aws dynamodb scan --table-name ${jobTableName}`,
    `aws stepfunctions list-executions --state-machine-arn ${stateMachineArn}`,
    ...(apiUrl
      ? [
          `curl --aws-sigv4 aws:amz:${run.region}:execute-api --user ${accessKeyId}:${secretAccessKey} ${apiUrl}status/JOB_ID`,
        ]
      : []),
  ].join('\n');
}
