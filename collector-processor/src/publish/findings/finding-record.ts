import type { Anomaly } from '../../model/anomaly.ts';
import type { Plain } from '../../model/otlp/plain-message.ts';
import type { Mask } from '../../runtime/masking.ts';
import { spellDuration } from '../spell-duration.ts';
import { findingAttributes, text } from './finding-attributes.ts';
import { findingSpanId } from './finding-ids.ts';
import { nanosOf } from './nanos.ts';

/** What happened to a finding. `escalated`: its score crossed the page border while it was open. */
export type FindingEvent = 'opened' | 'escalated' | 'closed';

/** SEVERITY_NUMBER_WARN and _ERROR. */
const severities = { notice: { number: 13, text: 'WARN' }, page: { number: 17, text: 'ERROR' } } as const;

interface RecordOptions {
  readonly mask: Mask;
  /** Wall clock. The record bears the time of the news, so that a rule over the last minute sees it. */
  readonly nowMs: number;
}

/** One event of one finding; its trace is the finding's own. */
export function findingRecord(
  event: FindingEvent,
  anomaly: Anomaly,
  { mask, nowMs }: RecordOptions,
): Plain<'LogRecord'> {
  const severity = severities[anomaly.border];
  const timeUnixNano = nanosOf(nowMs);
  return {
    timeUnixNano,
    observedTimeUnixNano: timeUnixNano,
    severityNumber: severity.number,
    severityText: severity.text,
    eventName: 'sentinel.finding',
    body: { stringValue: mask(sentence(event, anomaly)) },
    attributes: [...text('sentinel.finding.event', event), ...findingAttributes(anomaly, mask)],
    traceId: anomaly.id,
    spanId: findingSpanId(anomaly.id),
  };
}

function sentence(event: FindingEvent, { sentence: plain, startMs, endMs }: Anomaly): string {
  if (event === 'closed') return `Over after ${spellDuration(endMs - startMs)}: ${plain}`;
  return event === 'escalated' ? `Now worth a page: ${plain}` : plain;
}
