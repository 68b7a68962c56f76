/** What the command line is made of, for programs that run a pipeline in their own way. */
export { describeEndpoints } from './endpoints';
export { main, type MainOptions } from './main';
export { summariseMetrics, type MetricSummary } from './metrics-summary';
export { PipelineSession, type DroppedFile } from './pipeline-session';
export { showProgress } from './progress';
export { collectResult, writeJobs, type JobResult, type Reject } from './results';
export { selectPipeline } from './select-pipeline';
export { summarise } from './summary';
export { synthesise, type SynthesiseOptions } from './synthesise';
export { alignColumns } from './table';
export { UsageError } from './usage-error';
export { LocalRun, type LocalRunOptions } from '../local/local-run';
