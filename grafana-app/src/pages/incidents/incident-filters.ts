import { dateMath, type RawTimeRange } from '@grafana/data';
import type { AnomalyQuery } from '../../api/anomalies';

/** What the address of the page asks for; the same words as the query parameters. */
export interface IncidentFilters {
  readonly q: string;
  readonly state: 'open' | 'closed' | 'all';
  readonly severity: 'major' | 'minor' | 'all';
  readonly service: readonly string[];
  readonly from: string;
  readonly to: string;
}

export const defaultFilters: IncidentFilters = {
  q: '',
  state: 'all',
  severity: 'all',
  service: [],
  from: 'now-24h',
  to: 'now',
};

/** Unknown values are dropped silently. */
export function parseFilters(parameters: URLSearchParams): IncidentFilters {
  return {
    q: parameters.get('q') ?? '',
    state: oneOf(parameters.get('state'), ['open', 'closed'] as const) ?? 'all',
    severity: oneOf(parameters.get('severity'), ['major', 'minor'] as const) ?? 'all',
    service: parameters.getAll('service').filter((name) => name !== ''),
    from: parameters.get('from') ?? defaultFilters.from,
    to: parameters.get('to') ?? defaultFilters.to,
  };
}

/** Only what differs from the defaults stands in the address. */
export function filterParameters(filters: IncidentFilters): Record<string, string | string[]> {
  const parameters: Record<string, string | string[]> = {};
  for (const name of ['q', 'state', 'severity', 'from', 'to'] as const) {
    if (filters[name] !== defaultFilters[name]) {
      parameters[name] = filters[name];
    }
  }
  return filters.service.length === 0 ? parameters : { ...parameters, service: [...filters.service] };
}

export function isFiltered(filters: IncidentFilters): boolean {
  const { q, state, severity, service } = filters;
  return q !== '' || state !== 'all' || severity !== 'all' || service.length > 0;
}

/** The filters as the API wants them. `major` is what crossed the page border. */
export function toQuery(filters: IncidentFilters, limit: number): AnomalyQuery {
  return {
    limit,
    ...(filters.q === '' ? {} : { q: filters.q }),
    ...(filters.state === 'all' ? {} : { state: filters.state }),
    ...(filters.severity === 'all' ? {} : { border: filters.severity === 'major' ? 'page' : 'notice' }),
    ...(filters.service.length === 0 ? {} : { service: [...filters.service] }),
    ...toSpan(filters),
  };
}

/** Grafana's time words (`now-24h`) or epoch milliseconds → milliseconds. */
export function toSpan({ from, to }: RawTimeRange): { from: number; to: number } {
  return { from: toMs(from, Date.now() - 86_400_000), to: toMs(to, Date.now()) };
}

function toMs(value: RawTimeRange['from'], otherwise: number): number {
  if (typeof value === 'string' && /^\d{10,}$/.test(value)) {
    return Number(value);
  }
  const parsed = typeof value === 'string' ? dateMath.toDateTime(value, {}) : value;
  return parsed?.isValid() === true ? parsed.valueOf() : otherwise;
}

function oneOf<Value extends string>(text: string | null, values: readonly Value[]): Value | undefined {
  return values.find((value) => value === text);
}
