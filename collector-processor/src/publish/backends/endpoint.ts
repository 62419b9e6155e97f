import type { Signal } from '../../model/signal.ts';

/** `host:port` without scheme is taken as http. `undefined` when it is no address. */
export function parseEndpoint(text: string): URL | undefined {
  return URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`) ?? undefined;
}

/**
 * Path of requests: the endpoint's own path before the type's. What stands in both is written once, so that
 * `http://loki:3100`, `http://loki:3100/otlp` and `http://loki:3100/otlp/v1/logs` mean the same. A query stays.
 */
export function joinPath(endpoint: URL, typePath: string): string {
  const base = endpoint.pathname.split('/').filter((segment) => segment !== '');
  const below = typePath.split('/').filter((segment) => segment !== '');
  for (let overlap = Math.min(base.length, below.length); overlap > 0; overlap--) {
    if (base.slice(-overlap).join('/') !== below.slice(0, overlap).join('/')) continue;
    return `/${[...base, ...below.slice(overlap)].join('/')}${endpoint.search}`;
  }
  return `/${[...base, ...below].join('/')}${endpoint.search}`;
}

export function pathsBelow(
  endpoint: URL,
  typePaths: Readonly<Record<Signal, string>>,
  overrides: Readonly<Record<Signal, string>>,
): Readonly<Record<Signal, string>> {
  const pathOf = (signal: Signal): string => overrides[signal] || joinPath(endpoint, typePaths[signal]);
  return { traces: pathOf('traces'), metrics: pathOf('metrics'), logs: pathOf('logs') };
}
