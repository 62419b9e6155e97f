import type { Series } from './anomaly.ts';

/** Attributes that name where something runs, and that others run there too. */
const attributes = [
  'host.name',
  'host.id',
  'k8s.node.name',
  'cloud.availability_zone',
  'k8s.cluster.name',
  'cloud.region',
];

/** Measures whose series speak of one instance, or of a place as a whole. */
const measures: ReadonlySet<Series['measure']> = new Set([
  'place_event',
  'peer_outlier',
  'peer_rate',
  'peer_error_ratio',
]);

/** Hosts, nodes, zones that a finding on this series is about; none for one on a service wherever it runs. */
export function placesIn({ measure, attributes: values }: Pick<Series, 'measure' | 'attributes'>): readonly string[] {
  return measures.has(measure) ? attributes.flatMap((name) => values[name] ?? []) : [];
}
