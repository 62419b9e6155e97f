import type { Pipeline } from '../pipeline.ts';
import type { RivalWatch } from '../rivals/watch.ts';
import { MINUTE_MS } from '../series/season.ts';
import type { ShopsPlan } from './plan.ts';
import type { Call } from './shop.ts';

/** How often services send their spans. */
const FLUSH_MS = 5000;
const DELAY_MS = 300;

/** Lets customers come; rivals see rate, share of failures and 95 % quantile of a minute, by service and operation or peer. */
export function runShops({ shops, startMs, endMs }: ShopsPlan, pipeline: Pipeline, rivals: RivalWatch): void {
  const tellRivals = createTeller(rivals);
  let minute: Call[] = [];
  for (let tick = startMs; tick < endMs; tick += FLUSH_MS) {
    pipeline.moveTo(tick + FLUSH_MS + DELAY_MS);
    for (const shop of shops) {
      const { bytes, calls } = shop.tick(tick, FLUSH_MS);
      for (const body of bytes) pipeline.take('traces', body);
      minute.push(...calls);
    }
    if ((tick + FLUSH_MS) % MINUTE_MS !== 0) continue;
    tellRivals(minute, tick + FLUSH_MS);
    minute = [];
  }
  pipeline.moveTo(endMs);
}

function createTeller(rivals: RivalWatch) {
  const known = new Map<string, Call>();
  return (calls: readonly Call[], timeMs: number): void => {
    const grouped = Map.groupBy(calls, ({ service, where }) => `${service}\n${where}`);
    for (const [key, [first]] of grouped) if (first !== undefined) known.set(key, first);
    for (const [key, { service, where }] of known) {
      const same = grouped.get(key) ?? [];
      const place = { service, where, form: 'gauge', timeMs } as const;
      // A counter that does not grow has a rate of 0; a share or a quantile of nothing is nothing.
      rivals.value(place, 'rate', same.length);
      if (same.length === 0) continue;
      const durations = same.map(({ durationMs }) => durationMs).toSorted((a, b) => a - b);
      rivals.value(place, 'error_ratio', same.filter(({ failed }) => failed).length / same.length);
      rivals.value(place, 'p95', durations[Math.floor(0.95 * durations.length)]);
    }
  };
}
