import type { Measure, Series } from '../model/anomaly.ts';
import { formatDuration, formatNumber, formatShare, formatWithUnit } from '../model/units.ts';

const shares: ReadonlySet<Measure> = new Set([
  'error_ratio',
  'error_type_ratio',
  'error_trickle',
  'severity_share',
  'odd_trace_share',
  'peer_error_ratio',
]);

/** A value of a series for people. */
export function formatOf({ signal, measure, unit = '', pointKind }: Series, value: number): string {
  if (shares.has(measure)) return formatShare(value);
  if (measure === 'lines_per_call') return formatNumber(value);
  if (measure === 'rate' || measure === 'peer_rate' || measure === 'template_rate' || measure === 'severity_rate') {
    // The unit of a histogram is that of what it observes, not of how often.
    const isOfSum = signal === 'metrics' && (pointKind === undefined || pointKind === 'sum');
    return isOfSum && unit !== '' ? `${formatWithUnit(value, unit)}/s` : `${formatNumber(value)}/s`;
  }
  return signal === 'traces' ? formatDuration(value) : formatWithUnit(value, unit);
}
