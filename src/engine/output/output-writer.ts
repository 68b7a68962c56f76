import type { RecordBatch } from '../batch';

/** Writes what is published, in one format. */
export interface OutputWriter {
  /** Writes the kept rows of a batch. Throws PipelineError `output-error` where a cell does not fit its column. */
  writeBatch(batch: RecordBatch): void;
  /** Hands over what is full; to be called between batches. Gives a promise where the sink has to be waited for. */
  drain(): void | Promise<void>;
  /** Hands over the rest. Nothing may be written afterwards. */
  finish(): Promise<void>;
}
