import type { Series } from '../model/anomaly.ts';
import { formatDuration, formatNumber, isAmount } from '../model/units.ts';
import { describePeer, isOfInstance, titleOfPeer } from './across/peer-sentence.ts';
import type { Finding } from './finding.ts';
import { attributeText } from './series-attributes.ts';
import { formatOf as format } from './series-format.ts';

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
  if (series.measure === 'new_edge') {
    const often = `${formatNumber(observed)} times in ${formatDuration(stepMs * 1e6)}`;
    return `New: ${series.service} calls ${series.peer ?? ''}, ${often}. It never did before.`;
  }
  if (series.measure === 'stuck') {
    const length = formatDuration((endMs - startMs) * 1e6);
    return `${series.metric ?? ''} of ${subjectOf(series)} has stood still at ${format(series, observed)} for ${length}; it usually moves.`;
  }
  if (series.measure === 'lost_edge' || series.measure === 'vanished') return lostSentence(finding);
  if (isOfInstance(series)) return describePeer(finding);
  const lower = isAmount(series.unit ?? '') && observed >= 0 ? Math.max(0, finding.lower) : finding.lower;
  const verb = direction === 'up' ? 'rose' : 'fell';
  const band = lower === upper ? format(series, expected) : `${format(series, lower)} to ${format(series, upper)}`;
  const time = finding.moment === undefined ? '' : ` for ${finding.moment}`;
  return `${whatOf(series)} of ${subjectOf(series)} ${verb} to ${format(series, observed)}; expected ${band}${time}.`;
}

/** A rate that fell to nothing, or a pause that got too long. */
function lostSentence({ series, observed, expected, lower, upper }: Finding): string {
  const what =
    series.peer === undefined ? `No ${whatCame(series)}` : `${series.service} does not call ${series.peer} any more`;
  if (observed === 0)
    return `${what}; expected ${format({ ...series, measure: 'rate' }, lower)} to ${format({ ...series, measure: 'rate' }, upper)}.`;
  return `${what}: a pause of ${formatDuration(observed)}, the longest so far was ${formatDuration(expected)}.`;
}

function whatCame(series: Series): string {
  const { template, metric } = series;
  if (metric !== undefined) return `points of ${metric} from ${subjectOf(series)} any more`;
  if (template !== undefined) return `lines like "${template}" from ${series.service} any more`;
  return `calls of ${subjectOf(series)} any more`;
}

/** What a series measures and of whom: for lists. */
export function titleOf(series: Series): string {
  const signal = signalNames[series.signal];
  if (series.measure === 'silence' || series.measure === 'signal_loss')
    return `Silence of ${signal} from ${subjectOf(series)}`;
  if (series.measure === 'late_delivery') return `Delay of ${signal} from ${subjectOf(series)}`;
  if (isOfInstance(series)) return titleOfPeer(series);
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
    if (measure === 'error_type_ratio') return 'Error rate by type';
    if (measure === 'error_trickle') return 'Error rate over the last hours';
    if (measure === 'vanished' || measure === 'lost_edge') return 'Pause';
    if (measure === 'network_time') return 'Network time in front';
    return measure === 'error_ratio' ? 'Error rate' : `${percentile ?? measure} latency`;
  }
  if (signal === 'logs') {
    if (measure === 'odd_trace_share') return 'Share of requests with unusual lines';
    if (measure === 'severity_share') return 'Share of WARN records and worse';
    if (measure === 'lines_per_call') return 'Log records per call';
    if (measure === 'vanished') return `Pause of lines like "${template ?? ''}"`;
    if (template === undefined) return `Rate of ${severity ?? ''} records`;
    return `Rate of lines like "${template}"`;
  }
  if (percentile !== undefined) return `${percentile} of ${metric ?? ''}`;
  if (measure === 'vanished' || measure === 'stuck')
    return `${measure === 'stuck' ? 'Standstill' : 'Pause'} of ${metric ?? ''}`;
  return measure === 'value' ? (metric ?? '') : `${measure === 'rate' ? 'Rate' : 'Mean'} of ${metric ?? ''}`;
}

function subjectOf({ service, operation, peer, attributes }: Series): string {
  const name = service === '' ? 'an unnamed service' : service;
  if (peer !== undefined) return `calls from ${name} to ${peer}`;
  if (operation !== undefined) return `${operation} in ${name}`;
  const text = attributeText(attributes);
  return text === '' ? name : `${name} {${text}}`;
}
