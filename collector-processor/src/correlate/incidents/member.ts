import type { Anomaly } from '../../model/anomaly.ts';
import type { MemberAnomaly } from '../../model/incident.ts';
import { placesIn } from '../../model/place-names.ts';

/** An anomaly whose score has grown by this factor is told again. */
const GROWN = 1.5;

export function memberOf({ series, ...anomaly }: Anomaly): MemberAnomaly {
  const { id, state, border, startMs, peakMs, endMs, peakScore, direction, sentence, exampleTraceIds } = anomaly;
  const own = { id, state, border, startMs, peakMs, endMs, peakScore, direction, sentence, exampleTraceIds };
  const { service, environment, signal, measure, id: seriesId } = series;
  const places = placesIn(series);
  const { template: text, severity = '' } = series;
  const line = text === undefined ? {} : { line: { text, severity, count: Math.round(anomaly.observed) } };
  return {
    ...own,
    service,
    environment,
    signal,
    measure,
    seriesId,
    ...line,
    ...(places.length === 0 ? {} : { places }),
  };
}

/** Whether the timeline should tell it: an open anomaly is updated in every bucket, and most of that is no news. */
export function isNews(before: MemberAnomaly | undefined, now: MemberAnomaly): boolean {
  if (before === undefined) return true;
  return before.state !== now.state || before.border !== now.border || now.peakScore >= GROWN * before.peakScore;
}
