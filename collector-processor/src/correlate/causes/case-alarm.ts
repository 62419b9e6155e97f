import type { Incident, MemberAnomaly } from '../../model/incident.ts';
import { aspects } from './aspects.ts';
import type { CaseSeries, CauseCase } from './cause-case.ts';

/** The strongest member of the page border, else the strongest: what somebody would be told of. */
export function loudestOf({ anomalies }: Incident): MemberAnomaly | undefined {
  const ranked = [...anomalies.values()].sort(
    (left, right) => weight(right) - weight(left) || left.startMs - right.startMs,
  );
  return ranked[0];
}

/** The alarm of a case. A kind of line has no series in it; the series of its service tell other things. */
export function alarmOf(
  loudest: MemberAnomaly | undefined,
  series: readonly CaseSeries[],
  { openedAtMs, sinceMs }: { readonly openedAtMs: number; readonly sinceMs: number },
): CauseCase['alarm'] {
  if (loudest === undefined) return { service: '', seriesId: '', atMs: openedAtMs };
  const { service, seriesId, measure, peakMs } = loudest;
  const shown =
    series.find(({ id }) => id === seriesId) ??
    series.find((one) => one.service === service && one.measure === aspects[measure]);
  return { service, seriesId: shown?.id ?? '', atMs: peakMs, sinceMs };
}

function weight({ border, peakScore, direction, measure }: MemberAnomaly): number {
  const aspect = aspects[measure];
  const isBad = direction === 'up' && (aspect === 'errors' || aspect === 'latency');
  return peakScore * (border === 'page' ? 10 : 1) * (isBad ? 3 : 1);
}
