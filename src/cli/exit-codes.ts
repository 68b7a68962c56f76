/** What the program's exit code says. */
export const EXIT = { succeeded: 0, jobFailed: 1, rowsRejected: 1, usage: 2, interrupted: 130 } as const;
