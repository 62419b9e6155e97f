import type { Counts } from '../../model/slo-counts.ts';
import { Z } from '../certainty.ts';

export const none: Counts = { total: 0, bad: 0 };

export function plus(a: Counts, b: Counts): Counts {
  return { total: a.total + b.total, bad: a.bad + b.bad };
}

export function minus(a: Counts, b: Counts): Counts {
  return { total: a.total - b.total, bad: a.bad - b.bad };
}

/** Share of bad ones, 0 to 1; undefined without events. */
export function shareOf({ total, bad }: Counts): number | undefined {
  return total > 0 ? Math.min(1, Math.max(0, bad / total)) : undefined;
}

const Z2 = Z * Z;

/** Lower end of the Wilson score interval of the share; 0 without events. */
export function lowerShareOf(counts: Counts): number {
  const p = shareOf(counts);
  if (p === undefined) return 0;
  const n = counts.total;
  const spread = Math.sqrt(Z2 * ((p * (1 - p)) / n + Z2 / (4 * n * n)));
  return Math.max(0, (p + Z2 / (2 * n) - spread) / (1 + Z2 / n));
}
