import type { Anomaly } from '../../model/anomaly.ts';
import type { Plain } from '../../model/otlp/plain-message.ts';
import type { Mask } from '../../runtime/masking.ts';
import { findingAttributes, number } from './finding-attributes.ts';
import { detectionSpanId, findingSpanId, traceIds } from './finding-ids.ts';
import { nanosOf } from './nanos.ts';

const MAX_LINKS = 10;
const SPAN_KIND_INTERNAL = 1;
const STATUS_ERROR = 2;
const SAMPLED = 1;

/**
 * A span is immutable, so the one that lasts from the first odd bucket to the last can only be written at the close. For
 * those who look before, a child is written at the opening: the detection, from the first odd bucket to the moment it was
 * raised. It leads to the example traces just as well, and shows how long detection took.
 */
export function detectionSpan(anomaly: Anomaly, mask: Mask): Plain<'Span'> {
  return {
    ...commonPart(anomaly, mask),
    spanId: detectionSpanId(anomaly.id),
    parentSpanId: findingSpanId(anomaly.id),
    name: mask(`detection ${anomaly.series.measure} ${anomaly.series.service}`),
    endTimeUnixNano: nanosOf(Math.max(anomaly.startMs, anomaly.detectedAtMs)),
  };
}

export function findingSpan(anomaly: Anomaly, mask: Mask): Plain<'Span'> {
  return {
    ...commonPart(anomaly, mask),
    spanId: findingSpanId(anomaly.id),
    name: mask(`finding ${anomaly.series.measure} ${anomaly.series.service}`),
    endTimeUnixNano: nanosOf(Math.max(anomaly.startMs, anomaly.endMs)),
    events: [
      {
        timeUnixNano: nanosOf(anomaly.peakMs),
        name: 'peak',
        attributes: [...number('sentinel.finding.score', anomaly.peakScore)],
      },
    ],
  };
}

/** Links bear no span id: an example is a trace, and an invented id would lead nowhere. */
function commonPart(anomaly: Anomaly, mask: Mask): Plain<'Span'> {
  const status = anomaly.border === 'page' ? { status: { code: STATUS_ERROR, message: mask(anomaly.sentence) } } : {};
  return {
    traceId: anomaly.id,
    kind: SPAN_KIND_INTERNAL,
    flags: SAMPLED,
    startTimeUnixNano: nanosOf(anomaly.startMs),
    attributes: findingAttributes(anomaly, mask),
    links: traceIds(anomaly.exampleTraceIds, MAX_LINKS).map((traceId) => ({ traceId })),
    ...status,
  };
}
