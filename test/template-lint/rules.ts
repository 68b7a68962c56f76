import type { Rule } from './rule';
import { absentKeysAre404 } from './rules/absent-keys-are-404';
import { alarmTopicKeys } from './rules/alarm-topic-keys';
import { alarmsQuietWithoutData } from './rules/alarms-quiet-without-data';
import { apiAnswersInTime } from './rules/api-answers-in-time';
import { apiAuthorized } from './rules/api-authorized';
import { apiPermissions } from './rules/api-permissions';
import { apiThrottled } from './rules/api-throttled';
import { asynchronousDeadLetters } from './rules/asynchronous-dead-letters';
import { bucketsClosed } from './rules/buckets-closed';
import { bucketsForget } from './rules/buckets-forget';
import { bucketsVersioned } from './rules/buckets-versioned';
import { conditionalWriteRights } from './rules/conditional-write-rights';
import { customerKeyRights } from './rules/customer-key-rights';
import { deadLetterAlarms } from './rules/dead-letter-alarms';
import { deadLetterRights } from './rules/dead-letter-rights';
import { descriptionsFit } from './rules/descriptions-fit';
import { distributedMaps } from './rules/distributed-maps';
import { environmentFits } from './rules/environment-fits';
import { environmentRights } from './rules/environment-rights';
import { foreignBucketsByEventbridge } from './rules/foreign-buckets-by-eventbridge';
import { globalNamesCarryRegion } from './rules/global-names-carry-region';
import { inlinePoliciesFit } from './rules/inline-policies-fit';
import { logDeliveryRights } from './rules/log-delivery-rights';
import { logRetention } from './rules/log-retention';
import { logRights } from './rules/log-rights';
import { logicalIdsFit } from './rules/logical-ids-fit';
import { memoryOfNewAccounts } from './rules/memory-of-new-accounts';
import { multipartUploadsAbort } from './rules/multipart-uploads-abort';
import { namesDiffer } from './rules/names-differ';
import { namesFit } from './rules/names-fit';
import { noApiGatewayAccount } from './rules/no-api-gateway-account';
import { noExecutionLog } from './rules/no-execution-log';
import { noFixedPlace } from './rules/no-fixed-place';
import { noHalfGrantedKeys } from './rules/no-half-granted-keys';
import { noReservedConcurrency } from './rules/no-reserved-concurrency';
import { noVpc } from './rules/no-vpc';
import { noWildcards } from './rules/no-wildcards';
import { nothingRetained } from './rules/nothing-retained';
import { notificationPermissions } from './rules/notification-permissions';
import { notificationPrefixes } from './rules/notification-prefixes';
import { onDemandTables } from './rules/on-demand-tables';
import { oneIndex } from './rules/one-index';
import { ownLogGroups } from './rules/own-log-groups';
import { permissionsNameSource } from './rules/permissions-name-source';
import { policiesBeforeUse } from './rules/policies-before-use';
import { queuesClosed } from './rules/queues-closed';
import { reservedWords } from './rules/reserved-words';
import { rolesTrustService } from './rules/roles-trust-service';
import { ruleDeadLetters } from './rules/rule-dead-letters';
import { rulePermissions } from './rules/rule-permissions';
import { runtimesSupported } from './rules/runtimes-supported';
import { secretRights } from './rules/secret-rights';
import { specByPointer } from './rules/spec-by-pointer';
import { stateMachineLogGroups } from './rules/state-machine-log-groups';
import { tableKeys } from './rules/table-keys';
import { taskRights } from './rules/task-rights';
import { templateFits } from './rules/template-fits';
import { throttledCallsRetried } from './rules/throttled-calls-retried';
import { tracingRights } from './rules/tracing-rights';
import { versionReads } from './rules/version-reads';
import { versionRequired } from './rules/version-required';

/** All rules, by name. A new one is a file beside the others and a line here. */
export const RULES: readonly Rule[] = [
  absentKeysAre404,
  alarmTopicKeys,
  alarmsQuietWithoutData,
  apiAnswersInTime,
  apiAuthorized,
  apiPermissions,
  apiThrottled,
  asynchronousDeadLetters,
  bucketsClosed,
  bucketsForget,
  bucketsVersioned,
  conditionalWriteRights,
  customerKeyRights,
  deadLetterAlarms,
  deadLetterRights,
  descriptionsFit,
  distributedMaps,
  environmentFits,
  environmentRights,
  foreignBucketsByEventbridge,
  globalNamesCarryRegion,
  inlinePoliciesFit,
  logDeliveryRights,
  logRetention,
  logRights,
  logicalIdsFit,
  memoryOfNewAccounts,
  multipartUploadsAbort,
  namesDiffer,
  namesFit,
  noApiGatewayAccount,
  noExecutionLog,
  noFixedPlace,
  noHalfGrantedKeys,
  noReservedConcurrency,
  noVpc,
  noWildcards,
  nothingRetained,
  notificationPermissions,
  notificationPrefixes,
  onDemandTables,
  oneIndex,
  ownLogGroups,
  permissionsNameSource,
  policiesBeforeUse,
  queuesClosed,
  reservedWords,
  rolesTrustService,
  ruleDeadLetters,
  rulePermissions,
  runtimesSupported,
  secretRights,
  specByPointer,
  stateMachineLogGroups,
  tableKeys,
  taskRights,
  templateFits,
  throttledCallsRetried,
  tracingRights,
  versionReads,
  versionRequired,
];
