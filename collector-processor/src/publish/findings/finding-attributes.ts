import type { Anomaly, Series } from '../../model/anomaly.ts';
import type { Plain } from '../../model/otlp/plain-message.ts';
import type { Mask } from '../../runtime/masking.ts';
import { traceIds } from './finding-ids.ts';

const MAX_TRACE_IDS = 10;
const MAX_LINES = 3;
const MAX_REASONS = 8;
const MAX_ATTRIBUTES = 16;

type Attribute = Plain<'KeyValue'>;

/**
 * The same attributes on the record and on the span of a finding. What the scored service is called stands under
 * `sentinel.…`, because the resource is Sentinel: a Loki user selects `{service_name="sentinel"}` and narrows with
 * `| sentinel_service_name="checkout"`. Numbers that do not exist are left out.
 */
export function findingAttributes(anomaly: Anomaly, mask: Mask): Attribute[] {
  const examples = traceIds(anomaly.exampleTraceIds, MAX_TRACE_IDS);
  return [
    text('sentinel.finding.id', anomaly.id),
    text('sentinel.finding.border', anomaly.border),
    text('sentinel.finding.direction', anomaly.direction),
    number('sentinel.finding.score', anomaly.peakScore),
    number('sentinel.finding.observed', anomaly.observed),
    number('sentinel.finding.expected', anomaly.expected),
    number('sentinel.finding.lower', anomaly.lower),
    number('sentinel.finding.upper', anomaly.upper),
    time('sentinel.finding.start_unix_ms', anomaly.startMs),
    time('sentinel.finding.end_unix_ms', anomaly.endMs),
    number('sentinel.finding.effect_size', anomaly.effectSize ?? NaN),
    text('sentinel.finding.explanation', mask(anomaly.explanation ?? '')),
    text('sentinel.finding.earlier_id', anomaly.earlier?.id ?? ''),
    texts('sentinel.finding.reasons', reasonsOf(anomaly).map(mask).slice(0, MAX_REASONS)),
    text('sentinel.finding.example_trace_id', examples[0] ?? ''),
    texts('sentinel.finding.example_trace_ids', examples),
    texts('sentinel.finding.example_lines', anomaly.exampleLines.slice(0, MAX_LINES).map(mask)),
    text('sentinel.finding.detector_version', anomaly.detectorVersion),
    ...seriesAttributes(anomaly.series, mask),
  ].flat();
}

function seriesAttributes(series: Series, mask: Mask): Attribute[] {
  const own = Object.entries(series.attributes).slice(0, MAX_ATTRIBUTES);
  return [
    text('sentinel.service.name', mask(series.service)),
    text('sentinel.service.namespace', mask(series.namespace)),
    text('sentinel.deployment.environment.name', mask(series.environment)),
    text('sentinel.series.id', series.id),
    text('sentinel.series.signal', series.signal),
    text('sentinel.series.measure', series.measure),
    text('sentinel.series.metric', series.metric ?? ''),
    text('sentinel.series.unit', series.unit ?? ''),
    text('sentinel.series.operation', mask(series.operation ?? '')),
    text('sentinel.series.peer', mask(series.peer ?? '')),
    text('sentinel.series.template', mask(series.template ?? '')),
    text('sentinel.series.severity', series.severity ?? ''),
    ...own.map(([name, value]) => text(`sentinel.series.attribute.${name}`, mask(value))),
  ].flat();
}

/** Those that agreed come first. */
function reasonsOf({ reasons }: Anomaly): string[] {
  return [...reasons.filter(({ agreed }) => agreed), ...reasons.filter(({ agreed }) => !agreed)].map(
    ({ detector, agreed, text: why }) => `${detector}${agreed ? '' : ' (disagreed)'}: ${why}`,
  );
}

export function text(key: string, stringValue: string): Attribute[] {
  return stringValue === '' ? [] : [{ key, value: { stringValue } }];
}

export function number(key: string, doubleValue: number): Attribute[] {
  return Number.isFinite(doubleValue) ? [{ key, value: { doubleValue } }] : [];
}

function time(key: string, ms: number): Attribute[] {
  return [{ key, value: { intValue: Math.round(ms) } }];
}

function texts(key: string, all: readonly string[]): Attribute[] {
  if (all.length === 0) return [];
  return [{ key, value: { arrayValue: { values: all.map((stringValue) => ({ stringValue })) } } }];
}
