import type { WindowQuery } from '../../model/slo.ts';
import { hasWindow, parseQuery, type ParsedQuery, type Selector } from './parse-query.ts';

export type WindowQueryResult =
  | { readonly kind: 'query'; readonly query: WindowQuery }
  | { readonly kind: 'fault'; readonly message: string; readonly remedy: string };

const perSecond = ['rate', 'irate'];
const perWindow = ['increase', 'increase_pure', 'increase_prometheus', 'count_over_time', 'sum_over_time', 'delta'];

/**
 * A query over a window. Where it does not say `{{.window}}` its selectors are taken over the window: a counter by what it
 * gains (`increase`), a gauge by the sum of its points (`sum_over_time`).
 */
export function windowQuery(text: string, selectorsAre: 'counters' | 'gauges' = 'counters'): WindowQueryResult {
  const parsed = parseQuery(text);
  // Whoever names the window and a function of MetricsQL knows what they do.
  const isMetricsQl = parsed.kind === 'fault' && parsed.unknownFunction !== undefined;
  if (hasWindow(text) && isMetricsQl) return { kind: 'query', query: { text, counts: 'unknown' } };
  if (parsed.kind === 'fault') {
    const message = `This is no PromQL from character ${parsed.at + 1} on: ${shown(text.slice(parsed.at))}.`;
    return { kind: 'fault', message, remedy: 'Correct the query; try it in Explore first.' };
  }
  if (hasWindow(text)) return { kind: 'query', query: { text, counts: countsOf(parsed.selectors) } };
  if (parsed.selectors.length === 0) {
    return { kind: 'fault', message: 'The query reads no series.', remedy: 'Name a metric in it.' };
  }
  const fixed = parsed.selectors.find(({ range }) => range !== undefined);
  if (fixed !== undefined) {
    const message = `The query always looks back ${fixed.range ?? ''}, but burn rates need it over several times.`;
    return { kind: 'fault', message, remedy: 'Write [{{.window}}] in place of the time.' };
  }
  const over = selectorsAre === 'counters' ? 'increase' : 'sum_over_time';
  return { kind: 'query', query: { text: wrapped(text, parsed, over), counts: 'events' } };
}

function countsOf(selectors: readonly Selector[]): WindowQuery['counts'] {
  const functions = selectors.map(({ rangeFunction = '' }) => rangeFunction);
  if (functions.length === 0) return 'unknown';
  if (functions.every((name) => perWindow.includes(name))) return 'events';
  if (functions.every((name) => perSecond.includes(name))) return 'events-per-second';
  return 'unknown';
}

function wrapped(text: string, { selectors }: ParsedQuery, over: string): string {
  return selectors.toReversed().reduce((query, { from, to }) => {
    return `${query.slice(0, from)}${over}(${query.slice(from, to)}[{{.window}}])${query.slice(to)}`;
  }, text);
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
