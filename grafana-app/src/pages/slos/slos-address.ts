import type { SloStatus } from '../../api/slos';
import { oneOf } from '../../app/one-of';
import type { ChangeUrl, UrlForm } from '../../app/use-url-state';
import { knownStatuses } from '../../components/slo/known-statuses';

const sorts = ['left', 'burn', 'ends', 'name'] as const;

/** What is chosen on the page of the objectives. */
export interface SlosAddress {
  readonly q: string;
  readonly service: readonly string[];
  readonly status: SloStatus | 'all';
  /** Column, with a minus downwards. */
  readonly sort: string;
  /** From 1. */
  readonly page: number;
}

export type ChangeSlos = ChangeUrl<SlosAddress>;

export const defaults: SlosAddress = { q: '', service: [], status: 'all', sort: 'left', page: 1 };

/** Unknown values are dropped silently. */
function parse(parameters: URLSearchParams): SlosAddress {
  const sort = parameters.get('sort') ?? '';
  return {
    q: parameters.get('q') ?? '',
    service: parameters.getAll('service').filter((name) => name !== ''),
    status: oneOf(parameters.get('status'), knownStatuses) ?? 'all',
    sort: oneOf(sort.replace(/^-/, ''), sorts) === undefined ? defaults.sort : sort,
    page: Math.max(1, Math.floor(Number(parameters.get('page') ?? 1)) || 1),
  };
}

/** Only what differs from the defaults stands in the address. */
function write(address: SlosAddress): URLSearchParams {
  const names = ['q', 'status', 'sort', 'page'] as const;
  const set = names.filter((name) => address[name] !== defaults[name]);
  const parameters = new URLSearchParams(set.map((name) => [name, String(address[name])]));
  address.service.forEach((name) => parameters.append('service', name));
  return parameters;
}

export const slosForm: UrlForm<SlosAddress> = {
  parse,
  write,
  questionOf: ({ q, service, status }) => JSON.stringify([q, service, status]),
  start: { page: 1 },
};

export function countFilters({ service, status }: SlosAddress): number {
  return [service.length > 0, status !== 'all'].filter(Boolean).length;
}
