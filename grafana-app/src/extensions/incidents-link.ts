import type { RawTimeRange } from '@grafana/data';
import { incidentsPath } from '../app/routes';

interface LinkTarget {
  readonly services: readonly string[];
  readonly range?: RawTimeRange | undefined;
}

/** More services than this are no filter any more. */
const SERVICES_AT_MOST = 5;

/** The incident list for services and a range. Closed ones too: the range may be long past. */
export function incidentsLink({ services, range }: LinkTarget): string {
  const query = new URLSearchParams({ state: 'all' });
  if (services.length <= SERVICES_AT_MOST) {
    services.forEach((service) => query.append('service', service));
  }
  if (range !== undefined) {
    query.set('from', word(range.from));
    query.set('to', word(range.to));
  }
  return `${incidentsPath}?${query.toString()}`;
}

/** Grafana's time word as it stands, a point of time as milliseconds. */
function word(time: RawTimeRange['from']): string {
  return typeof time === 'string' ? time : String(time.valueOf());
}
