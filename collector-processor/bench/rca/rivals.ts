import type { CauseCase } from '../../src/correlate/causes/cause-case.ts';
import { scaleOf } from '../../src/correlate/causes/deviation.ts';
import { sumOf } from '../../src/correlate/causes/sum-of.ts';
import { medianOf } from '../../src/model/order-statistics.ts';

/** A simple ranking of services, most suspicious first. */
export type Rival = (facts: CauseCase) => readonly string[];

/** What others do, as simply as they describe it, over the same cases. */
export const rivals: Readonly<Record<string, Rival>> = {
  /** Greatest (value − median) / interquartile range of any series (BARO's score), with the floor that our scale has. */
  median_iqr: (facts) =>
    byGreatest(facts, (series) => greatest(series.values, medianOf(series.usual), scaleOf(series))),
  /** Greatest distance from the mean in standard deviations. */
  n_sigma: (facts) =>
    byGreatest(facts, ({ usual, values }) => {
      const mean = sumOf(usual) / usual.length;
      const deviation = Math.sqrt(sumOf(usual.map((value) => (value - mean) ** 2)) / usual.length);
      return greatest(values, mean, deviation || 1);
    }),
  /** Where a walker ends up that goes from the alarm to callees, as likely as those are odd, and stays where nothing is. */
  random_walk: (facts) => randomWalk(facts),
  /** Most series beyond three standard deviations. */
  most_alerts: (facts) => {
    const counts = new Map<string, number>();
    for (const series of facts.series) {
      const isOdd = greatest(series.values, medianOf(series.usual), scaleOf(series)) > 3;
      counts.set(series.service, (counts.get(series.service) ?? 0) + (isOdd ? 1 : 0));
    }
    return inOrder(counts);
  },
};

/** The change that came last before the alarm: on any service, or on the alarmed one. */
export function newestChange({ alarm, changes }: CauseCase, onAlarmed: boolean): string {
  const earlier = changes.filter(
    ({ atMs, service }) => atMs <= alarm.atMs && (!onAlarmed || service === alarm.service),
  );
  return [...earlier].sort((left, right) => right.atMs - left.atMs)[0]?.id ?? 'none';
}

function byGreatest(facts: CauseCase, scoreOf: (series: CauseCase['series'][number]) => number): readonly string[] {
  const scores = new Map<string, number>();
  for (const series of facts.series) {
    if (series.usual.length === 0) continue;
    scores.set(series.service, Math.max(scores.get(series.service) ?? 0, scoreOf(series)));
  }
  return inOrder(scores);
}

function greatest(values: readonly number[], centre: number, scale: number): number {
  return Math.max(0, ...values.map((value) => Math.abs(value - centre) / scale));
}

const STEPS = 50;

function randomWalk(facts: CauseCase): readonly string[] {
  const odd = new Map<string, number>();
  for (const series of facts.series) {
    if (series.usual.length === 0) continue;
    const score = Math.log2(1 + greatest(series.values, medianOf(series.usual), scaleOf(series)));
    odd.set(series.service, Math.max(odd.get(series.service) ?? 0, score));
  }
  let here = new Map([[facts.alarm.service, 1]]);
  for (let step = 0; step < STEPS; step++) {
    const next = new Map<string, number>();
    for (const [service, share] of here) {
      const ways = [service, ...facts.calls.filter(({ from }) => from === service).map(({ to }) => to)];
      const all = sumOf(ways.map((way) => odd.get(way) ?? 0)) || 1;
      for (const way of ways) next.set(way, (next.get(way) ?? 0) + (share * (odd.get(way) ?? 0)) / all);
    }
    here = next;
  }
  return inOrder(here);
}

function inOrder(scores: ReadonlyMap<string, number>): readonly string[] {
  return [...scores].sort((left, right) => right[1] - left[1]).map(([service]) => service);
}
