import type { Series } from '../model/anomaly.ts';
import type { Finding } from './finding.ts';
import { attributeText } from './series-attributes.ts';
import { formatDuration, formatNumber, formatShare, formatWithUnit, isAmount } from './units.ts';

const signalNames = { traces: 'traces', metrics: 'metrics', logs: 'log records' } as const;
const percentiles: Readonly<Partial<Record<Series['measure'], string>>> = {
  p50: 'Median',
  p95: '95th percentile',
  p99: '99th percentile',
};

/** One plain sentence: what, how much, what was expected. Not masked yet. */
export function describeFinding(finding: Finding): string {
  const { series, observed, upper, expected, direction, stepMs, endMs, startMs } = finding;
  if (series.measure === 'silence') {
    const length = formatDuration((endMs - startMs) * 1e6);
    return `No telemetry at all from ${subjectOf(series)} for ${length}.`;
  }
  if (series.measure === 'signal_loss') {
    const length = formatDuration((endMs - startMs) * 1e6);
    return `No ${signalNames[series.signal]} from ${subjectOf(series)} for ${length}, while other signals of it come.`;
  }
  if (series.measure === 'late_delivery') {
    const what = capital(signalNames[series.signal]);
    return `${what} from ${subjectOf(series)} arrive ${formatDuration(observed)} late; usual are ${formatDuration(expected)}.`;
  }
  if (series.measure === 'new_template') {
    const often = `${formatNumber(observed)} in ${formatDuration(stepMs * 1e6)}`;
    return `New kind of line from ${subjectOf(series)}: "${series.template ?? ''}" (${series.severity ?? ''}), ${often}.`;
  }
  const lower = isAmount(series.unit ?? '') && observed >= 0 ? Math.max(0, finding.lower) : finding.lower;
  const verb = direction === 'up' ? 'rose' : 'fell';
  const band = lower === upper ? format(series, expected) : `${format(series, lower)} to ${format(series, upper)}`;
  return `${whatOf(series)} of ${subjectOf(series)} ${verb} to ${format(series, observed)}; expected ${band}.`;
}

/** What a series measures and of whom: for lists. */
export function titleOf(series: Series): string {
  const signal = signalNames[series.signal];
  if (series.measure === 'silence' || series.measure === 'signal_loss')
    return `Silence of ${signal} from ${subjectOf(series)}`;
  if (series.measure === 'late_delivery') return `Delay of ${signal} from ${subjectOf(series)}`;
  return `${whatOf(series)} of ${subjectOf(series)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function whatOf({ signal, measure, metric, severity, template }: Series): string {
  const percentile = percentiles[measure];
  if (signal === 'traces') {
    if (measure === 'rate') return 'Request rate';
    if (measure === 'self_time') return 'Own time';
    if (measure === 'network_time') return 'Network time in front';
    return measure === 'error_ratio' ? 'Error rate' : `${percentile ?? measure} latency`;
  }
  if (signal === 'logs') {
    if (template === undefined) return `Rate of ${severity ?? ''} records`;
    return `Rate of lines like "${template}"`;
  }
  if (percentile !== undefined) return `${percentile} of ${metric ?? ''}`;
  return measure === 'value' ? (metric ?? '') : `${measure === 'rate' ? 'Rate' : 'Mean'} of ${metric ?? ''}`;
}

function subjectOf({ service, operation, peer, attributes }: Series): string {
  const name = service === '' ? 'an unnamed service' : service;
  if (peer !== undefined) return `calls from ${name} to ${peer}`;
  if (operation !== undefined) return `${operation} in ${name}`;
  const text = attributeText(attributes);
  return text === '' ? name : `${name} {${text}}`;
}

function format({ signal, measure, unit = '', pointKind }: Series, value: number): string {
  if (measure === 'error_ratio') return formatShare(value);
  if (measure === 'rate' || measure === 'template_rate' || measure === 'severity_rate') {
    // The unit of a histogram is that of what it observes, not of how often.
    const isOfSum = signal === 'metrics' && (pointKind === undefined || pointKind === 'sum');
    return isOfSum && unit !== '' ? `${formatWithUnit(value, unit)}/s` : `${formatNumber(value)}/s`;
  }
  return signal === 'traces' ? formatDuration(value) : formatWithUnit(value, unit);
}
