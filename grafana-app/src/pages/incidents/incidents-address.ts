import { type IncidentQuery, type IncidentState, notClosed } from '../../api/incidents';
import { oneOf } from '../../app/one-of';
import type { ChangeUrl, UrlForm } from '../../app/use-url-state';
import { isRelativeEnd, toSpan } from '../../components/range/time-words';

const states = [...notClosed, 'closed'] as const;
const severities = ['critical', 'major', 'minor'] as const;
const sorts = ['impact', 'since', 'state'] as const;

/** What the address of the page asks for; the same words as the query parameters. */
export interface IncidentsAddress {
  readonly q: string;
  readonly state: IncidentState | 'unclosed' | 'all';
  readonly severity: (typeof severities)[number] | 'all';
  readonly service: readonly string[];
  /** Those that stay as they are for the n-th time too. */
  readonly demoted: boolean;
  /** Grafana's time words or epoch milliseconds. */
  readonly from: string;
  readonly to: string;
  /** Column, with a minus downwards. */
  readonly sort: string;
  /** From 1. */
  readonly page: number;
}

export type ChangeIncidents = ChangeUrl<IncidentsAddress>;

export const defaults: IncidentsAddress = {
  q: '',
  state: 'unclosed',
  severity: 'all',
  service: [],
  demoted: false,
  from: 'now-24h',
  to: 'now',
  sort: '-impact',
  page: 1,
};

/** Unknown values are dropped silently. */
function parse(parameters: URLSearchParams): IncidentsAddress {
  const text = (name: 'q' | 'from' | 'to') => parameters.get(name) ?? defaults[name];
  const sort = parameters.get('sort') ?? '';
  return {
    q: text('q'),
    state: oneOf(parameters.get('state'), [...states, 'all'] as const) ?? defaults.state,
    severity: oneOf(parameters.get('severity'), severities) ?? defaults.severity,
    service: parameters.getAll('service').filter((name) => name !== ''),
    demoted: parameters.get('demoted') === 'true',
    from: text('from'),
    to: text('to'),
    sort: oneOf(sort.replace(/^-/, ''), sorts) === undefined ? defaults.sort : sort,
    page: Math.max(1, Math.floor(Number(parameters.get('page') ?? 1)) || 1),
  };
}

/** Only what differs from the defaults stands in the address. */
function write(address: IncidentsAddress): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const name of ['q', 'state', 'severity', 'demoted', 'from', 'to', 'sort', 'page'] as const) {
    if (address[name] !== defaults[name]) {
      parameters.set(name, String(address[name]));
    }
  }
  address.service.forEach((name) => parameters.append('service', name));
  return parameters;
}

/** The part of the address that decides what is asked. */
function questionOf({ q, state, severity, service, demoted, from, to }: IncidentsAddress): string {
  return JSON.stringify([q, state, severity, service, demoted, from, to]);
}

export const incidentsForm: UrlForm<IncidentsAddress> = { parse, write, questionOf, start: { page: 1 } };

/** How many filters hide something that is not hidden anyway. */
export function countFilters({ q, state, severity, service }: IncidentsAddress): number {
  return [q !== '', state !== 'unclosed' && state !== 'all', severity !== 'all', service.length > 0].filter(Boolean)
    .length;
}

/** What the API is asked for. Without an end while the range ends at now. */
export function toQuery(address: IncidentsAddress): IncidentQuery {
  const { q, state, severity, service, demoted } = address;
  const { fromMs, toMs } = toSpan(address);
  return {
    from: fromMs,
    demoted,
    ...(isRelativeEnd(address.to) ? {} : { to: toMs }),
    ...(q === '' ? {} : { q }),
    ...(state === 'all' ? {} : { state: state === 'unclosed' ? [...notClosed] : [state] }),
    ...(severity === 'all' ? {} : { severity: [severity] }),
    ...(service.length === 0 ? {} : { service: [...service] }),
  };
}
