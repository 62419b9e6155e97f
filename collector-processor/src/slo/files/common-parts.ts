import type { SloAlerting, WindowQuery } from '../../model/slo.ts';
import { fault, faults, part, type Part } from '../../runtime/yaml/understood.ts';
import { parseQuery } from '../promql/parse-query.ts';
import { windowQuery } from '../promql/window-query.ts';

/** Fewer say nothing of a share; see docs/slo.md. */
export const defaultGuards = { minEvents: 50, minFailures: 3 } as const;

const quiet = { enabled: true, labels: {}, annotations: {} } as const;

export const defaultAlerting: SloAlerting = {
  name: 'SLOErrorBudgetBurn',
  page: quiet,
  ticket: quiet,
  burnAlerts: [],
  absent: true,
  ...defaultGuards,
};

/** A percentage as a share: 99.9 → 0.999, without the noise of the division. */
export function targetOf(percent: number, path: readonly (string | number)[]): Part<number> {
  if (percent > 0 && percent < 100) return part(Number((percent / 100).toPrecision(12)));
  const message = `An objective of ${percent} % ${percent >= 100 ? 'leaves no error budget' : 'asks for nothing'}.`;
  return faults(fault(path, message, 'Write a percentage above 0 and below 100, such as 99.9.'));
}

export function queryAt(
  text: string,
  path: readonly (string | number)[],
  selectorsAre: 'counters' | 'gauges' = 'counters',
): Part<WindowQuery> {
  const result = windowQuery(text, selectorsAre);
  return result.kind === 'query' ? part(result.query) : faults(fault(path, result.message, result.remedy));
}

/** A name of OpenTelemetry or Kubernetes as a label of Prometheus. */
export function labelName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=[0-9])/, '_');
}

type Scalar = string | number | boolean;

export function labelsOf(written: Readonly<Record<string, Scalar | readonly Scalar[]>> = {}): Record<string, string> {
  const entries = Object.entries(written);
  return Object.fromEntries(entries.map(([name, value]) => [labelName(name), [value].flat().join(',')]));
}

/** 1 where the value is not as it should be, 0 where it is. */
export function oddWhenNot(query: string, operator: '<' | '<=' | '>' | '>=', value: number): string {
  const opposite = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;
  return `(${query}) ${opposite[operator]} bool ${value}`;
}

/** A query that is looked at as it is, without a window. */
export function momentAt(text: string, path: readonly (string | number)[]): Part<string> {
  const parsed = parseQuery(text);
  if (parsed.kind === 'query' && parsed.selectors.length > 0) return part(text);
  const result = windowQuery(text);
  const { message, remedy } =
    result.kind === 'fault' ? result : { message: 'This is no query.', remedy: 'Correct it.' };
  return faults(fault(path, message, remedy));
}
