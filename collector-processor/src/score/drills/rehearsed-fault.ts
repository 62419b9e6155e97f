import type { Measure } from '../../model/anomaly.ts';
import type { FaultKind } from '../../model/drill.ts';
import { levelOf, numericMeasures, valueOf } from '../measure-profile.ts';
import { aloneIn } from '../onset.ts';
import type { Reading } from '../reading.ts';
import { noiseFloor } from '../scorer.ts';
import type { Judgement } from '../series-judge.ts';

/** A change that matters by this much more than what a finding needs at least. */
const CLEARLY = 1.5;
/** Share of the size that an ordinary step of a fault of noise reaches. */
const ORDINARY = 0.5;

/** A fault that is planned for one series. */
export interface RehearsedFault {
  readonly kind: FaultKind;
  /** Level that is added, or what distances are multiplied by. */
  readonly amount: number;
  /** In units of the measure, at most; NaN where no value is moved. */
  readonly change: number;
  readonly steps: number;
}

const numeric: ReadonlySet<Measure> = new Set(numericMeasures);

/** Whether a series can have such a fault. */
export function canHave(kind: FaultKind, measure: Measure): boolean {
  return kind === 'silence' ? measure === 'silence' : numeric.has(measure);
}

export interface FaultPlan {
  readonly kind: FaultKind;
  /** As many times as far as the end of the band. */
  readonly size: number;
  readonly steps: number;
  readonly up: boolean;
}

/**
 * A fault on the scale on which people see the series: so many times as far from what is expected as the band that is drawn
 * around it, and no less than what a finding needs to matter. Down where up would be good news, and up where there is nothing
 * left to fall. Undefined where nothing is expected of the series.
 */
export function planFault(live: Judgement, { kind, size, steps, up }: FaultPlan): RehearsedFault | undefined {
  if (kind === 'silence') return { kind, amount: 1, change: NaN, steps };
  const { entry, profile, expected, span, step, verdict } = live;
  const base = levelOf(profile, expected, span);
  const { lower, upper } = entry.ensemble.band(entry.at, entry.measure, step, verdict);
  const width = (upper - lower) / 2;
  if (!(width > 0) || Number.isNaN(base)) return undefined;
  if (kind === 'spread') {
    const usual = Math.max(entry.ensemble.spreadOf(entry.at), noiseFloor(step, step.level));
    return usual > 0 ? { kind, amount: Math.max(1, (ORDINARY * size * width) / usual), change: NaN, steps } : undefined;
  }
  const least = CLEARLY * Math.max(profile.minimumChange, profile.minimumShare * Math.abs(expected));
  const towards = (sign: 1 | -1): number => {
    const matters = Math.abs(levelOf(profile, expected + sign * least, span) - base);
    return sign * Math.max(size * width, matters);
  };
  const changeBy = (amount: number): number => valueOf(profile, base + amount, span) - expected;
  const isUp = profile.direction === 'up' || (up && profile.direction !== 'down');
  const fits = Math.abs(changeBy(towards(-1))) >= least && (expected <= 0 || expected + changeBy(towards(-1)) >= 0);
  const amount = towards(isUp || !fits ? 1 : -1);
  return { kind, amount, change: changeBy(amount), steps };
}

/** Of short steps a single one is told to nobody (see onset.ts). */
function pointSteps({ step }: Judgement): number {
  return aloneIn(step.stepMs) < 1 ? 2 : 1;
}

/** Puts step `at` of the fault, counted from 0, into a copy of the real reading. */
export function distort(reading: Reading, live: Judgement, fault: RehearsedFault, at: number): void {
  const { kind, amount, steps } = fault;
  const { profile, span, expected } = live;
  if (kind === 'silence') {
    reading.value = at + 1;
    reading.events = 0;
    reading.detail = NaN;
    return;
  }
  const level = levelOf(profile, live.reading.value, span);
  const usual = levelOf(profile, expected, span);
  const moved = {
    point: at < pointSteps(live) ? amount : 0,
    level: amount,
    trend: (amount * (at + 1)) / steps,
    spread: (amount - 1) * (level - usual),
  };
  const shift = moved[kind];
  if (shift !== 0) reading.value = valueOf(profile, level + shift, span);
}
