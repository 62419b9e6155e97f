import type { Distribution, MetricFamily, MetricPoint } from '../../runtime/self-metrics.ts';

/** Where the whole is as bad as its worst part, or all see the same. */
const GREATEST = [/_breaker_state$/, /_memory_full$/, /_memory_limit_bytes$/];

/** The same metrics of several threads as one: counts, sizes and limits of shares are added up. */
export function sumFamilies(all: readonly (readonly MetricFamily[])[]): MetricFamily[] {
  const byName = new Map<string, { family: MetricFamily; points: Map<string, MetricPoint> }>();
  for (const family of all.flat()) {
    const known = byName.get(family.name) ?? { family, points: new Map<string, MetricPoint>() };
    byName.set(family.name, known);
    const isGreatest = GREATEST.some((name) => name.test(family.name));
    for (const point of family.points) {
      const key = JSON.stringify(Object.entries(point.labels).sort());
      const other = known.points.get(key);
      known.points.set(key, other === undefined ? point : together(other, point, isGreatest));
    }
  }
  return [...byName.values()].map(({ family, points }) => ({ ...family, points: [...points.values()] }));
}

function together(one: MetricPoint, other: MetricPoint, isGreatest: boolean): MetricPoint {
  const sinceMs = Math.min(one.sinceMs, other.sinceMs);
  const { value } = one;
  if (typeof value === 'number' && typeof other.value === 'number') {
    return { ...one, sinceMs, value: isGreatest ? Math.max(value, other.value) : value + other.value };
  }
  if (typeof value === 'number' || typeof other.value === 'number') return one;
  return { ...one, sinceMs, value: added(value, other.value) };
}

function added(one: Distribution, other: Distribution): Distribution {
  const counts = one.counts.map((count, index) => count + (other.counts[index] ?? 0));
  return { bounds: one.bounds, counts, sum: one.sum + other.sum };
}

/** What a thread that has ended leaves: what it counted. */
export function countedOnly(families: readonly MetricFamily[]): MetricFamily[] {
  return families.filter(({ type }) => type !== 'gauge');
}
