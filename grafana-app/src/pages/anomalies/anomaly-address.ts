import type { AnomalyQuery } from '../../api/anomalies';
import { oneOf } from '../../app/one-of';
import type { ChangeUrl, UrlForm } from '../../app/use-url-state';
import { type View, views } from '../../components/timeline/ViewChoice';
import type { Span } from '../../components/timeline/timeline-event';
import { readZoom, zoomText } from '../../components/timeline/zoom-text';
import { isRelativeEnd, toSpan } from '../../components/range/time-words';

/** What the address of the page asks for; the same words as the query parameters. */
export interface AnomalyAddress {
  readonly q: string;
  readonly state: 'open' | 'closed' | 'all';
  readonly severity: 'major' | 'minor' | 'all';
  readonly service: readonly string[];
  /** Grafana's time words or epoch milliseconds. */
  readonly from: string;
  readonly to: string;
  /** Column, with a minus downwards. */
  readonly sort: string;
  /** From 1. */
  readonly page: number;
  /** Part of the range that timeline and list show; undefined is all of it. */
  readonly zoom: Span | undefined;
  readonly view: View;
  /** Id of the anomaly whose details are open. */
  readonly sel: string;
}

export type ChangeAddress = ChangeUrl<AnomalyAddress>;

export const defaults: AnomalyAddress = {
  q: '',
  state: 'open',
  severity: 'all',
  service: [],
  from: 'now-24h',
  to: 'now',
  sort: '-severity',
  page: 1,
  zoom: undefined,
  view: 'chart',
  sel: '',
};

const sorts = ['severity', 'state', 'service', 'score', 'since', 'duration'];

/** Unknown values are dropped silently. */
export function parseAddress(parameters: URLSearchParams): AnomalyAddress {
  const text = (name: 'q' | 'from' | 'to' | 'sel') => parameters.get(name) ?? defaults[name];
  const sort = parameters.get('sort') ?? '';
  return {
    q: text('q'),
    state: oneOf(parameters.get('state'), ['open', 'closed', 'all'] as const) ?? defaults.state,
    severity: oneOf(parameters.get('severity'), ['major', 'minor'] as const) ?? 'all',
    service: parameters.getAll('service').filter((name) => name !== ''),
    from: text('from'),
    to: text('to'),
    sort: sorts.includes(sort.replace(/^-/, '')) ? sort : defaults.sort,
    page: Math.max(1, Math.floor(Number(parameters.get('page') ?? 1)) || 1),
    zoom: readZoom(parameters.get('zoom')),
    view: oneOf(parameters.get('view'), views) ?? defaults.view,
    sel: text('sel'),
  };
}

/** Only what differs from the defaults stands in the address. */
export function addressParameters(address: AnomalyAddress): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const name of ['q', 'state', 'severity', 'from', 'to', 'sort', 'page', 'view', 'sel'] as const) {
    if (address[name] !== defaults[name]) {
      parameters.set(name, String(address[name]));
    }
  }
  address.service.forEach((name) => parameters.append('service', name));
  if (address.zoom !== undefined) {
    parameters.set('zoom', zoomText(address.zoom));
  }
  return parameters;
}

/** How many filters hide something that is not hidden anyway. */
export function countFilters({ q, state, severity, service }: AnomalyAddress): number {
  return [q !== '', state === 'closed', severity !== 'all', service.length > 0].filter(Boolean).length;
}

/** What the API is asked for. `major` is what crossed the page border. Without an end while the range ends at now. */
export function toQuery(address: AnomalyAddress): AnomalyQuery {
  const { q, state, severity, service } = address;
  const { fromMs, toMs } = toSpan(address);
  return {
    from: fromMs,
    ...(isRelativeEnd(address.to) ? {} : { to: toMs }),
    ...(q === '' ? {} : { q }),
    ...(state === 'all' ? {} : { state }),
    ...(severity === 'all' ? {} : { border: severity === 'major' ? 'page' : 'notice' }),
    ...(service.length === 0 ? {} : { service: [...service] }),
  };
}

/** The part of the address that decides what is asked. */
export function questionOf({ q, state, severity, service, from, to }: AnomalyAddress): string {
  return JSON.stringify([q, state, severity, service, from, to]);
}

export const anomalyForm: UrlForm<AnomalyAddress> = {
  parse: parseAddress,
  write: addressParameters,
  questionOf,
  start: { page: 1, zoom: undefined },
};
