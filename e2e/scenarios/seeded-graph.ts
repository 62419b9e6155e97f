/** The shop that the findings are of: who calls whom, how often and how well. */
import {
  EDGE_BOUNDS,
  type ServiceEdge,
  type ServiceWhereabouts,
} from '../../collector-processor/src/model/service-graph.ts';
import type { Findings } from './findings.ts';

const calls: readonly (readonly [string, string, number, number, number])[] = [
  ['storefront', 'search', 120, 0.001, 0.09],
  ['storefront', 'cart', 80, 0.002, 0.06],
  ['storefront', 'checkout', 42, 0.142, 0.84],
  ['checkout', 'payment', 40, 0.15, 0.7],
  ['checkout', 'cart', 42, 0.001, 0.05],
  ['payment', 'payment-db', 160, 0, 0.02],
  ['search', 'search-index', 240, 0, 0.04],
];

const nobody = { counts: EDGE_BOUNDS.map(() => 0), sum: 0 };

export function seededGraph({ anomalies }: Findings) {
  const found = anomalies[0]?.series;
  const place = { tenant: found?.tenant ?? '', environment: found?.environment ?? '' };
  const names = new Set(found === undefined ? [] : calls.flatMap(([from, to]) => [from, to]));
  return {
    edges: (): ServiceEdge[] =>
      (found === undefined ? [] : calls).map(([from, to, rate, errorRatio, p95]) => ({
        ...place,
        from,
        to,
        remote: to.includes('-'),
        sinceMs: Date.now() - 3_600_000,
        lastMs: Date.now() - 2000,
        calls: rate * 3600,
        failed: Math.round(rate * 3600 * errorRatio),
        client: nobody,
        server: nobody,
        rate,
        errorRatio,
        p95,
      })),
    whereabouts: (): ServiceWhereabouts[] =>
      [...names]
        .filter((service) => !service.includes('-'))
        .map((service) => ({ ...place, service, resources: { host: ['node-1'], pod: [`${service}-7f`] } })),
  };
}
