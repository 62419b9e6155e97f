import type { Series } from '../../model/anomaly.ts';
import { formatNumber } from '../../model/units.ts';
import type { Finding } from '../finding.ts';
import { attributeText } from '../series-attributes.ts';
import { formatOf } from '../series-format.ts';
import { instanceNames } from './fleet.ts';

/** Whether a finding is about one instance beside its peers. */
export function isOfInstance({ measure }: Series): boolean {
  return measure === 'peer_outlier' || measure === 'peer_rate' || measure === 'peer_error_ratio';
}

/** "One of 6 instances of checkout, pod-3, typically takes for a call 310 ms, 3.1 times as much as its peers (median …)." */
export function describePeer({ series, peers = 0, observed, expected, lower, upper }: Finding): string {
  const { name, rest } = split(series);
  const times = observed / expected;
  const more = times >= 1 ? `${formatNumber(times)} times as much as` : `${formatNumber(1 / times)} times less than`;
  const how = times > 0 && Number.isFinite(times) ? more : 'unlike';
  const band = `median ${formatOf(series, expected)}, usual ${formatOf(series, Math.max(0, lower))} to ${formatOf(series, upper)}`;
  const who = `One of ${peers + 1} instances of ${series.service}, ${name}`;
  return `${who}, ${verbOf(series, rest)} ${formatOf(series, observed)}, ${how} its peers (${band}).`;
}

export function titleOfPeer(series: Series): string {
  const { name, rest } = split(series);
  return `${capital(whatOf(series, rest))} of ${name} beside the other instances of ${series.service}`;
}

/** The name of the instance, and what else tells the series apart. */
function split({ attributes }: Series): { readonly name: string; readonly rest: string } {
  const key = Object.keys(attributes).findLast((one) => instanceNames.some((name) => name === one));
  const others = Object.fromEntries(Object.entries(attributes).filter(([one]) => one !== key));
  return { name: key === undefined ? 'unnamed' : (attributes[key] ?? ''), rest: attributeText(others) };
}

function whatOf({ signal, measure, metric = '' }: Series, rest: string): string {
  if (signal === 'traces') return measure === 'peer_error_ratio' ? 'error rate' : 'time of calls';
  const named = rest === '' ? metric : `${metric} {${rest}}`;
  return measure === 'peer_rate' ? `rate of ${named}` : named;
}

function verbOf(series: Series, rest: string): string {
  if (series.signal === 'traces')
    return series.measure === 'peer_error_ratio' ? 'fails calls at a rate of' : 'typically takes for a call';
  return `has a ${whatOf(series, rest)} of`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
