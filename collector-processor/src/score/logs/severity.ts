/** Classes of OpenTelemetry's severity numbers; 0 is unspecified. */
export const severityNames = ['UNSPECIFIED', 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export const WARN = severityNames.indexOf('WARN');

const byText: readonly (readonly [RegExp, number])[] = [
  [/^(fatal|crit|emerg|alert|panic)/i, 6],
  [/^(err|severe)/i, 5],
  [/^warn/i, 4],
  [/^(info|notice)/i, 3],
  [/^(debug|fine)/i, 2],
  [/^(trace|verbose|finest)/i, 1],
];

const soundsBad =
  /\b(error|exception|fail(ed|ure|s)?|fatal|panic|timed? ?out|refused|denied|unavailable|abort(ed)?)\b/i;

/** Class of a severity number, 0 to 6. */
export function severityClass(severityNumber: number): number {
  return severityNumber === 0 ? 0 : Math.min(6, Math.floor((severityNumber - 1) / 4) + 1);
}

/** Class of a severity text, for records without a number. */
export function severityClassOfText(text: string): number {
  return byText.find(([pattern]) => pattern.test(text))?.[1] ?? 0;
}

/** The same by the name of a class. */
export function isBadNewsText(name: string): boolean {
  return severityNames.findIndex((known) => known === name) >= WARN;
}

/** Whether a new kind of line is news: warnings and worse, or lines without a severity that sound like it. */
export function isBadNews(severity: number, template: string): boolean {
  return severity >= WARN || (severity === 0 && soundsBad.test(template));
}
