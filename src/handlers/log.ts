export type LogLevel = 'INFO' | 'WARN' | 'ERROR';

/**
 * Writes one JSON line. No cell value ever belongs in it, nor a column's name of a file without header: log lines are
 * kept and read where the data itself may not be.
 */
export function log(level: LogLevel, message: string, fields: Readonly<Record<string, unknown>>): void {
  writeLine({ level, message, timestamp: new Date().toISOString(), ...fields });
}

/** One line of standard output; Lambda makes a log event of it. */
export function writeLine(document: object): void {
  process.stdout.write(`${JSON.stringify(document)}\n`);
}
