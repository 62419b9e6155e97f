import type { CoverageEntry, CoverageQuery } from '../../api/coverage';
import type { ChangeUrl, UrlForm } from '../../app/use-url-state';

export type CoverageState = CoverageEntry['state'];

/** What the address of the page asks for; the same words as the query parameters. */
export interface CoverageAddress {
  readonly q: string;
  readonly state: CoverageState | 'all';
  readonly service: readonly string[];
  /** From 1. */
  readonly page: number;
}

export type ChangeCoverage = ChangeUrl<CoverageAddress>;

/** In the order of how much is known of a series. */
export const coverageStates = ['scored', 'learning', 'silent', 'evicted', 'unsuitable'] as const;

export const defaults: CoverageAddress = { q: '', state: 'all', service: [], page: 1 };

/** Unknown values are dropped silently. */
export function parseAddress(parameters: URLSearchParams): CoverageAddress {
  const state = parameters.get('state');
  return {
    q: parameters.get('q') ?? '',
    state: coverageStates.find((known) => known === state) ?? 'all',
    service: parameters.getAll('service').filter((name) => name !== ''),
    page: Math.max(1, Math.floor(Number(parameters.get('page') ?? 1)) || 1),
  };
}

/** Only what differs from the defaults stands in the address. */
export function addressParameters({ q, state, service, page }: CoverageAddress): URLSearchParams {
  const parameters = new URLSearchParams();
  const set = { ...(q && { q }), ...(state !== 'all' && { state }), ...(page > 1 && { page: String(page) }) };
  Object.entries(set).forEach(([name, value]) => parameters.set(name, value));
  service.forEach((name) => parameters.append('service', name));
  return parameters;
}

export function hasFilters({ q, state, service }: CoverageAddress): boolean {
  return q !== '' || state !== 'all' || service.length > 0;
}

export function toQuery({ q, state, service }: CoverageAddress): CoverageQuery {
  return {
    ...(q === '' ? {} : { q }),
    ...(state === 'all' ? {} : { state: [state] }),
    ...(service.length === 0 ? {} : { service: [...service] }),
  };
}

export const coverageForm: UrlForm<CoverageAddress> = {
  parse: parseAddress,
  write: addressParameters,
  questionOf: ({ q, state, service }) => JSON.stringify([q, state, service]),
  start: { page: 1 },
};
