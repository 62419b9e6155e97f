import { oneOf } from '../../app/one-of';
import type { ChangeUrl, UrlForm } from '../../app/use-url-state';
import { type Health, healths } from '../../parts/services/service-rows';

/** What is chosen on the page of the services. */
export interface ServicesAddress {
  readonly q: string;
  readonly health: Health | 'all';
  /** Empty: by the room there is. */
  readonly view: 'map' | 'table' | '';
  /** Key of the service whose calls are shown. */
  readonly sel: string;
  /** From 1. */
  readonly page: number;
}

export type ChangeServices = ChangeUrl<ServicesAddress>;

export const defaults: ServicesAddress = { q: '', health: 'all', view: '', sel: '', page: 1 };

/** Unknown values are dropped silently. */
function parse(parameters: URLSearchParams): ServicesAddress {
  return {
    q: parameters.get('q') ?? '',
    health: oneOf(parameters.get('health'), healths) ?? 'all',
    view: oneOf(parameters.get('view'), ['map', 'table'] as const) ?? '',
    sel: parameters.get('sel') ?? '',
    page: Math.max(1, Math.floor(Number(parameters.get('page') ?? 1)) || 1),
  };
}

/** Only what differs from the defaults stands in the address. */
function write(address: ServicesAddress): URLSearchParams {
  const names = ['q', 'health', 'view', 'sel', 'page'] as const;
  const set = names.filter((name) => address[name] !== defaults[name]);
  return new URLSearchParams(set.map((name) => [name, String(address[name])]));
}

export const servicesForm: UrlForm<ServicesAddress> = {
  parse,
  write,
  questionOf: ({ q, health }) => JSON.stringify([q, health]),
  start: { page: 1 },
};
