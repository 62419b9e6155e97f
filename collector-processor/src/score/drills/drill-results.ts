import type { DrillKind, FaultKind, MissedDrill } from '../../model/drill.ts';
import { medianOf } from '../metrics/order-statistics.ts';

export interface DrillResult {
  /** Step of the fault in which it was found; -1: it was not. */
  readonly foundAt: number;
  /** By detector, the step in which it agreed first; -1: it spoke and never did. */
  readonly agreedAt: ReadonlyMap<string, number>;
}

const MAX_MISSED = 50;

/** What became of the newest drills, by kind. */
export class DrillResults {
  private readonly window: number;
  private readonly results = new Map<FaultKind, DrillResult[]>();
  private readonly voided = new Map<FaultKind, number>();
  private readonly missed: MissedDrill[] = [];

  constructor(window: number) {
    this.window = window;
  }

  add(kind: FaultKind, result: DrillResult): void {
    const all = this.results.get(kind) ?? [];
    this.results.set(kind, all);
    all.push(result);
    if (all.length > this.window) all.shift();
  }

  void(kind: FaultKind): void {
    this.voided.set(kind, (this.voided.get(kind) ?? 0) + 1);
  }

  miss(drill: MissedDrill): void {
    this.missed.push(drill);
    if (this.missed.length > MAX_MISSED) this.missed.shift();
  }

  get newestMissed(): readonly MissedDrill[] {
    return this.missed.toReversed();
  }

  recall(kind: FaultKind): number {
    return recallOf((this.results.get(kind) ?? []).map(({ foundAt }) => foundAt));
  }

  delay(kind: FaultKind): number {
    return delayOf((this.results.get(kind) ?? []).map(({ foundAt }) => foundAt));
  }

  /** Of one detector alone; NaN when it had nothing to say of any. */
  recallOf(kind: FaultKind, detector: string): number {
    return recallOf((this.results.get(kind) ?? []).flatMap(({ agreedAt }) => agreedAt.get(detector) ?? []));
  }

  /** Steps until that detector agreed; NaN when it agreed to none. */
  delayOf(kind: FaultKind, detector: string): number {
    return delayOf((this.results.get(kind) ?? []).flatMap(({ agreedAt }) => agreedAt.get(detector) ?? []));
  }

  describe(kind: FaultKind): Omit<DrillKind, 'running'> {
    const results = this.results.get(kind) ?? [];
    const found = results.filter(({ foundAt }) => foundAt >= 0).length;
    const names = new Set(results.flatMap(({ agreedAt }) => [...agreedAt.keys()]));
    const detectors = [...names].toSorted().map((detector) => {
      const steps = results.flatMap(({ agreedAt }) => agreedAt.get(detector) ?? []);
      return { detector, recall: recallOf(steps), delaySteps: delayOf(steps) };
    });
    const counts = { found, missed: results.length - found, voided: this.voided.get(kind) ?? 0 };
    return { kind, ...counts, recall: this.recall(kind), delaySteps: this.delay(kind), detectors };
  }
}

function recallOf(steps: readonly number[]): number {
  return steps.filter((step) => step >= 0).length / steps.length;
}

function delayOf(steps: readonly number[]): number {
  return medianOf(Float32Array.from(steps.filter((step) => step >= 0)));
}
