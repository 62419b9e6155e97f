import type { MemberAnomaly } from '../../api/incidents';
import type { Story } from './story';

const SERIES_AT_MOST = 4;

/**
 * The anomalies that say most, one a series: what supports the first cause in the order of its evidence, then the strongest
 * of each service that is not among them yet.
 */
export function oddestOf({ anomalies, causes }: Story): MemberAnomaly[] {
  const supporting = causes?.candidates[0]?.supporting ?? [];
  const named = supporting.flatMap(({ seriesId }) => anomalies.find((one) => one.seriesId === seriesId) ?? []);
  const strongest = [...anomalies].sort((a, b) => b.peakScore - a.peakScore);
  const chosen = new Map(named.map((one) => [one.seriesId, one]));
  const services = new Set(named.map(({ service }) => service));
  for (const one of strongest) {
    if (!services.has(one.service)) {
      services.add(one.service);
      chosen.set(one.seriesId, one);
    }
  }
  return [...chosen.values()].slice(0, SERIES_AT_MOST);
}
