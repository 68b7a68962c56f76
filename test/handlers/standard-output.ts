/** Takes what is written to standard output during a test; every line is JSON. */
export function captureLines(): { readonly lines: any[]; log(level: string): any[]; metrics(): any[] } {
  const lines: any[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(JSON.parse(String(text)));
    return true;
  });
  return {
    lines,
    log: (level) => lines.filter((line) => line.level === level),
    metrics: () => lines.filter((line) => line._aws !== undefined),
  };
}
