import type { Counter, SelfMetrics } from '../runtime/self-metrics.ts';

export interface LoadBudgetOptions {
  /** Milliseconds. */
  readonly bucket: number;
  /** Share of one core that scoring may take. */
  readonly cpuShare: number;
}

/** Of the subjects that are left when a bucket is over budget, one in so many is still judged, others the next time. */
const SAMPLED = 8;

/**
 * How much time scoring may take. Time is charged to the bucket of "now": adding up comes first, judging gets what is
 * left, so under overload detectors are sampled before items are left out.
 */
export interface LoadBudget {
  charge(milliseconds: number): void;
  /** A new bucket of process time has begun. */
  renew(): void;
  /** Whether another batch may be added up. */
  readonly open: boolean;
  /** Whether a subject may be judged; counts it when not. */
  allows(subject: number, bucket: number): boolean;
}

export function createLoadBudget({ bucket, cpuShare }: LoadBudgetOptions, metrics: SelfMetrics): LoadBudget {
  const help = 'Series steps that were not judged, by reason.';
  const labels = { reason: 'overload' };
  const unscored: Counter = metrics.counter({ name: 'sentinel_unscored_series_total', help, labels });
  const allowed = bucket * cpuShare;
  let spent = 0;
  metrics.gauge(
    { name: 'sentinel_score_load', help: 'Share of its time budget that scoring used last.' },
    () => spent / allowed,
  );
  return {
    charge(milliseconds) {
      spent += milliseconds;
    },
    renew() {
      spent = 0;
    },
    get open() {
      return spent < allowed;
    },
    allows(subject, at) {
      if (spent < allowed || (subject + at) % SAMPLED === 0) return true;
      unscored.add(1);
      return false;
    },
  };
}
