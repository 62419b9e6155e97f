import type { Incident, MemberAnomaly } from '../../model/incident.ts';
import { aspects } from './aspects.ts';
import { type CaseSeries, type CauseCase, onlyMoreIsOdd } from './cause-case.ts';

/**
 * The strongest member of the page border, else the strongest: what somebody would be told of. When that is a part of a service
 * (an operation, a peer, a kind of line), the service's own series of the same kind, or of any that only goes up, stands for it.
 */
export function alarmOf(incident: Incident, series: readonly CaseSeries[]): CauseCase['alarm'] {
  const ranked = [...incident.anomalies.values()].sort(
    (left, right) => weight(right) - weight(left) || left.startMs - right.startMs,
  );
  const [first] = ranked;
  if (first === undefined) return { service: '', seriesId: '', atMs: incident.openedAtMs };
  const { service, seriesId, measure, peakMs } = first;
  const own = series.filter((one) => one.service === service);
  const standsIn =
    own.find(({ id }) => id === seriesId) ??
    own.find((one) => one.measure === aspects[measure]) ??
    own.find((one) => onlyMoreIsOdd(one.measure));
  return { service, seriesId: standsIn?.id ?? '', atMs: peakMs };
}

function weight({ border, peakScore, direction, measure }: MemberAnomaly): number {
  const aspect = aspects[measure];
  const isBad = direction === 'up' && (aspect === 'errors' || aspect === 'latency');
  return peakScore * (border === 'page' ? 10 : 1) * (isBad ? 3 : 1);
}
