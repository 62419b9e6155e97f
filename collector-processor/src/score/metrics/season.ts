import { numericMeasures } from '../measure-profile.ts';
import { studentPrior } from '../priors.ts';
import type { Detector, Lasting, Scorer, SeasonState, SeasonView, Step } from '../scorer.ts';
import { PlacePool } from '../state/place-pool.ts';
import { JoinedState } from '../state/slot-state.ts';
import { FoundCycles } from './found-cycles.ts';
import { type Phase, SeasonProfile } from './season-profile.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Day 0 of the epoch was a Thursday. */
const SUNDAY = 3;
const DAY_BINS = 48;
const WEEK_BINS = 168;
/** A bin speaks once it was passed so often. */
const PASSES = 2;
/** A season explains a series when its errors are below this share of those without it. */
const EXPLAINS = 0.8;
/** A later, more special season must be this much better than an earlier one. */
const BETTER = 0.9;
/** Its word alone counts when its errors are below this share, after so many periods and a day at
 * least; after fewer periods the better it fits. */
const EXPLAINS_ALONE = 0.7;
const PERIODS_ALONE = 7;
/** Days after which a week is learned, too. */
const DAYS_BEFORE_WEEK = 2;

/**
 * What is usual at this time of the day or the week, on the clocks of the place. Whichever season errs least speaks, and
 * none where none explains the series clearly better than following it does. Weeks are kept only for series that have days. On
 * which side the level is odd does not matter: what was expected a moment ago is not what is usual now.
 */
class Season implements Scorer {
  readonly state: JoinedState;
  private readonly days: SeasonProfile;
  private readonly weeks: PlacePool<SeasonProfile>;
  private readonly cycles: FoundCycles;
  private readonly phase: Phase = { share: 0, periodMs: DAY_MS };
  private readonly view = { distance: NaN, alone: false, periodMs: DAY_MS };
  /** Of the step that was looked at last. */
  private level = NaN;
  private spread = NaN;
  private alone = false;
  private periodMs = DAY_MS;

  constructor(capacity: number) {
    this.days = new SeasonProfile(capacity, DAY_BINS);
    this.weeks = new PlacePool(capacity, (places) => new SeasonProfile(places, WEEK_BINS));
    this.cycles = new FoundCycles(capacity);
    this.state = new JoinedState([this.days.state, this.weeks, this.cycles.state]);
  }

  start(): void {
    // A season starts empty: learning steps say nothing about a day.
  }

  season(slot: number, step: Step): SeasonView {
    this.look(slot, step);
    this.view.distance = (step.level - this.level) / this.spread;
    this.view.alone = this.alone;
    this.view.periodMs = this.periodMs;
    return this.view;
  }

  score(slot: number, step: Step): number {
    this.look(slot, step);
    return Math.abs(step.level - this.level) / this.spread;
  }

  predict(slot: number, step: Step): number {
    this.look(slot, step);
    return this.level;
  }

  bound(slot: number, step: Step, score: number, direction: 1 | -1): number {
    this.look(slot, step);
    return this.level + direction * score * this.spread;
  }

  learn(slot: number, step: Step, trust: number): void {
    this.cycles.look(slot, step, EXPLAINS);
    this.cycles.profileOf(slot)?.learn(this.cycles.at(slot), this.cycleOf(slot, step), step, trust);
    this.recall(slot, step, trust);
  }

  /** Long steps say nothing of cycles. */
  recall(slot: number, step: Step, trust = 1): void {
    if (step.holiday) return;
    const { days, weeks } = this;
    days.learn(slot, this.phaseOf(step, DAY_MS), step, trust);
    if (days.wrapsOf(slot) >= DAYS_BEFORE_WEEK && days.unexplained(slot) < EXPLAINS) weeks.give(slot);
    weeks.pageOf(slot)?.learn(weeks.at(slot), this.phaseOf(step, WEEK_MS), step, trust);
  }

  absorb(slot: number, step: Step, { level }: Lasting): void {
    const { days, weeks } = this;
    days.shift(slot, level - days.expected(slot, this.phaseOf(step, DAY_MS), step, 1));
    const week = weeks.pageOf(slot);
    const at = weeks.at(slot);
    week?.shift(at, level - week.expected(at, this.phaseOf(step, WEEK_MS), step, 1));
    const [cycle, place] = [this.cycles.profileOf(slot), this.cycles.at(slot)];
    cycle?.shift(place, level - cycle.expected(place, this.cycleOf(slot, step), step, 1));
  }

  states(slot: number): SeasonState[] {
    const { days, weeks, cycles } = this;
    const [week, cycle] = [weeks.pageOf(slot), cycles.profileOf(slot)];
    return [
      stateOf(days, slot, DAY_MS),
      ...(week === undefined ? [] : [stateOf(week, weeks.at(slot), WEEK_MS)]),
      ...(cycle === undefined ? [] : [stateOf(cycle, cycles.at(slot), cycles.periodOf(slot))]),
    ];
  }

  private look(slot: number, step: Step): void {
    this.level = NaN;
    this.alone = false;
    const { days, weeks } = this;
    let least = Infinity;
    // A holiday is no day like others; only a week knows of Sundays.
    if (!step.holiday) least = this.ask(days, slot, this.phaseOf(step, DAY_MS), step, least);
    const week = weeks.pageOf(slot);
    if (week !== undefined) {
      const error = this.ask(week, weeks.at(slot), this.phaseOf(step, WEEK_MS), step, BETTER * least);
      least = Math.min(least, error);
    }
    const cycle = this.cycles.profileOf(slot);
    if (cycle !== undefined) this.ask(cycle, this.cycles.at(slot), this.cycleOf(slot, step), step, BETTER * least);
  }

  /** Believes the profile if it explains the series and errs less; returns the least error. */
  private ask(profile: SeasonProfile, at: number, phase: Phase, step: Step, least: number): number {
    const unexplained = profile.unexplained(at);
    const error = profile.errorOf(at);
    if (!(unexplained < EXPLAINS) || error >= least) return least;
    const expected = profile.expected(at, phase, step, PASSES);
    if (Number.isNaN(expected)) return least;
    this.level = expected;
    this.periodMs = phase.periodMs;
    this.spread = profile.spreadAt(at, phase, step, expected);
    const wraps = profile.wrapsOf(at);
    const periods = wraps * Math.max(1, phase.periodMs / DAY_MS);
    const isKnown = wraps * phase.periodMs >= DAY_MS && periods * EXPLAINS_ALONE >= PERIODS_ALONE * unexplained;
    this.alone = isKnown && unexplained < EXPLAINS_ALONE;
    return error;
  }

  private cycleOf(slot: number, step: Step): Phase {
    return this.phaseOf(step, this.cycles.periodOf(slot));
  }

  /** A holiday is the Sunday of a week. */
  private phaseOf(step: Step, periodMs: number): Phase {
    const sunday = step.holiday ? SUNDAY * DAY_MS + modulo(step.wallMs, DAY_MS) : step.wallMs;
    this.phase.periodMs = periodMs;
    this.phase.share = modulo(periodMs === WEEK_MS ? sunday : step.wallMs, periodMs) / periodMs;
    return this.phase;
  }
}

function stateOf(profile: SeasonProfile, at: number, periodMs: number): SeasonState {
  const unexplained = profile.unexplained(at);
  const left = Math.max(0, PASSES - profile.wrapsOf(at));
  if (left > 0 || unexplained === Infinity) return { periodMs, state: 'learning', periodsLeft: Math.max(1, left) };
  return { periodMs, state: unexplained < EXPLAINS ? 'used' : 'unused', explained: Math.max(0, 1 - unexplained) };
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

export const season: Detector = {
  name: 'season',
  version: 1,
  question: 'level',
  measures: numericMeasures,
  speaksWhileLearning: false,
  prior: studentPrior,
  seasonal: true,
  create: (capacity) => new Season(capacity),
  describe: (score) => `${score.toFixed(1)} times its usual spread from what is usual at this time`,
};
