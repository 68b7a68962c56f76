import type { ByteSink } from '../engine';

/** A sink for what nobody wants: rows that would go there are counted, and not even made into bytes. */
export const NOWHERE: ByteSink = { write: () => undefined };
