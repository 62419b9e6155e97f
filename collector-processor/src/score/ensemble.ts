import type { Measure, Reason } from '../model/anomaly.ts';
import { agree, isOneQuestion, NO_QUESTIONS, questionsOf, settle } from './agreement.ts';
import { borderOf, worthOfRarity } from './border.ts';
import { ForecastChoice } from './forecast-choice.ts';
import { Furthest } from './furthest.ts';
import { Habituation } from './habituation.ts';
import { OddStep } from './odd-step.ts';
import { OpeningLevels } from './opening-levels.ts';
import { plainPrior } from './priors.ts';
import { RecentLook } from './recent-look.ts';
import { detectorsOf, mostVoices } from './registry.ts';
import type { Detector, Scorer, Step } from './scorer.ts';
import { SeasonWord } from './season-word.ts';
import { SeriesState } from './state/series-state.ts';
import type { StatePart } from './state/slot-state.ts';
import { Stretches } from './stretches.ts';
import { TailModels } from './tail-models.ts';
import type { StepState, Verdict } from './verdict.ts';

export interface Band {
  readonly lower: number;
  readonly upper: number;
}

const NO_BAND: Band = { lower: NaN, upper: NaN };
/** A detector agrees with a finding when its own surprise is at least this share of the border. */
const AGREED = 0.75;

export interface EnsembleOptions {
  /** Steps before a series is judged. */
  readonly learningSteps: number;
  /** Surprise (-log10 of a chance) that is score 1 in steps of up to 10 s (see border.ts). */
  readonly noticeSurprise: number;
  /** A 1 for each detector that goes on learning and is not asked. */
  readonly off?: Uint8Array;
}

/** Raised when the meaning of the ensemble's own state changes. */
const VERSION = 4;
const RAW_CAP = 1e6;
/** Steps with a score below 1/3 are learned in full, odd ones not at all. */
const FULL_TRUST = 1.5;

/** All detectors of a chunk of series: what each says, what they say together, and what they learn from it. */
export class Ensemble {
  /** Every part of the state, by a name that stays. */
  readonly parts: readonly StatePart[];
  private readonly detectors: readonly Detector[];
  private readonly scorers: readonly Scorer[];
  private readonly judges: ReadonlyMap<Measure, readonly number[]>;
  private readonly questions: ReadonlyMap<Measure, Uint8Array>;
  readonly season: SeasonWord;
  private readonly voices: number;
  private readonly options: EnsembleOptions;
  private readonly tails: TailModels;
  private readonly forecasts: ForecastChoice;
  private readonly habituation: Habituation;
  private readonly oddStep: OddStep;
  private readonly own: SeriesState;
  private readonly opening: OpeningLevels;
  private readonly age: Float64Array;
  private readonly recent: RecentLook;
  private readonly stretches: Stretches;
  private readonly furthest: Furthest;

  constructor(capacity: number, detectors: readonly Detector[], options: EnsembleOptions) {
    this.detectors = detectors;
    this.options = options;
    this.scorers = detectors.map((detector) => detector.create(capacity));
    this.judges = detectorsOf(detectors);
    this.questions = questionsOf(detectors, this.judges);
    this.season = new SeasonWord(detectors, this.scorers, options.off);
    this.voices = mostVoices(detectors);
    this.tails = new TailModels(capacity, this.voices + 1);
    this.forecasts = new ForecastChoice(capacity, this.voices);
    this.habituation = new Habituation(capacity);
    this.oddStep = new OddStep(capacity, this.voices + 1);
    this.own = new SeriesState(capacity);
    this.opening = new OpeningLevels(capacity, options.learningSteps);
    this.age = this.own.float64();
    this.recent = new RecentLook(capacity);
    this.stretches = new Stretches(capacity);
    this.furthest = new Furthest(capacity);
    const { tails, forecasts, habituation, oddStep, recent, stretches, opening, furthest } = this;
    const others = [tails, forecasts, habituation, oddStep, recent, stretches, opening, furthest];
    const own = [this.own, ...others.map(({ state }) => state)];
    this.parts = [
      ...detectors.map(({ name, version }, i) => ({ name, version, state: (this.scorers[i] as Scorer).state })),
      ...own.map((state, i) => ({ name: `ensemble ${i}`, version: VERSION, state })),
    ];
  }

  ageOf(slot: number): number {
    return this.age[slot] as number;
  }

  /** Reads the state, changes nothing but `step` (age, direction) and `verdict`. */
  judge(slot: number, measure: Measure, step: Step, verdict: Verdict): void {
    const judges = this.judges.get(measure) ?? [];
    step.age = this.age[slot] as number;
    verdict.learning = step.age < this.options.learningSteps;
    this.expect(slot, measure, step, verdict);
    const stretch = this.stretches.length(slot);
    this.hear(slot, judges, step, verdict, stretch);
    const questions = this.questions.get(measure) ?? NO_QUESTIONS;
    verdict.agreed = this.season.agree(agree(verdict.voices, questions), measure, step, verdict);
    const rarity = verdict.learning
      ? verdict.agreed
      : this.tails.surprise(slot, this.voices, verdict.agreed, plainPrior, stretch);
    const worth = isOneQuestion(questions) ? rarity : worthOfRarity(rarity, step.stepMs, stretch);
    const border = borderOf(this.options.noticeSurprise, step.stepMs);
    const settled = settle(verdict.agreed, worth);
    verdict.rarityFactor = verdict.agreed > 0 ? settled / verdict.agreed : 1;
    verdict.holding = (verdict.voices[verdict.forecaster] || 0) / border;
    verdict.habituation = this.habituation.factor(slot, verdict.distance, step.timeMs);
    verdict.score = (settled / border) * verdict.habituation;
    verdict.alone = this.furthest.share(slot, verdict.distance, step.stepMs, stretch);
  }

  /**
   * Called after `judge` with the same step. Odd steps and findings change only what must follow the present; that such a
   * step occurs is learned once, when it is over.
   */
  learn(slot: number, measure: Measure, step: Step, verdict: Verdict, state: StepState): void {
    const judges = this.judges.get(measure) ?? [];
    if (!verdict.learning) this.learnTails(slot, step, verdict, state);
    const trust = state === 'quiet' ? Math.max(0, Math.min(1, FULL_TRUST * (1 - verdict.score))) : 0;
    for (const at of judges) this.scorers[at]?.learn(slot, step, trust);
    this.furthest.learn(slot, verdict, state);
    this.recent.learn(slot, step);
    this.stretches.learn(slot, step.level - (verdict.forecasts[0] as number));
    const levels = verdict.learning ? this.opening.add(slot, step.age, step.level) : undefined;
    if (levels !== undefined) for (const at of judges) this.scorers[at]?.start(slot, levels);
    this.age[slot] = step.age + 1;
  }

  /** Learns anew from the next step on; what a profile knows of days and weeks stays. */
  restart(slot: number): void {
    this.age[slot] = 0;
  }

  /** A finding is over: the next one of its kind is a little less news. */
  remember(slot: number, height: number, timeMs: number): void {
    this.habituation.remember(slot, height, timeMs);
    for (const scorer of this.scorers) scorer.rest?.(slot);
  }

  /** A step of long ago, of which only time and level count. */
  recall(slot: number, measure: Measure, step: Step): void {
    for (const at of this.judges.get(measure) ?? []) this.scorers[at]?.recall?.(slot, step);
  }

  /** What the series looked like of late becomes its normal. */
  absorb(slot: number, measure: Measure, step: Step): void {
    const lasting = this.recent.of(slot);
    for (const at of this.judges.get(measure) ?? []) this.scorers[at]?.absorb(slot, step, lasting);
  }

  /** The levels at which the forecasting detector alone would reach the notice border; NaN without a forecast. */
  band(slot: number, measure: Measure, step: Step, verdict: Verdict): Band {
    const at = this.judges.get(measure)?.[verdict.forecaster];
    const detector = at === undefined ? undefined : this.detectors[at];
    if (at === undefined || detector === undefined || verdict.learning) return NO_BAND;
    const raw = this.tails.inverse(
      slot,
      verdict.forecaster,
      borderOf(this.options.noticeSurprise, step.stepMs),
      detector.prior,
      this.stretches.length(slot),
    );
    const scorer = this.scorers[at] as Scorer;
    return { lower: scorer.bound(slot, step, raw, -1), upper: scorer.bound(slot, step, raw, 1) };
  }

  /** One reason for each detector that spoke. */
  reasons(measure: Measure, step: Step, verdict: Verdict): Reason[] {
    const border = borderOf(this.options.noticeSurprise, step.stepMs);
    return (this.judges.get(measure) ?? []).flatMap((at, i) => {
      const detector = this.detectors[at];
      const voice = verdict.voices[i] ?? NaN;
      if (detector === undefined || Number.isNaN(voice)) return [];
      const score = voice / border;
      const text = detector.describe(verdict.raw[i] ?? NaN);
      return [{ detector: detector.name, score, agreed: score >= AGREED, text }];
    });
  }

  /** Mean distance from its level, of late. */
  spreadOf(slot: number): number {
    return this.recent.of(slot).spread;
  }

  /** Nothing but one value was seen for a long time. */
  isConstant(slot: number): boolean {
    return this.age[slot] !== 0 && this.spreadOf(slot) === 0;
  }

  clear(slot: number): void {
    for (const { state } of this.parts) state.clear(slot);
  }

  private expect(slot: number, measure: Measure, step: Step, verdict: Verdict): void {
    const judges = this.judges.get(measure) ?? [];
    verdict.forecasts.fill(NaN);
    verdict.forecaster = -1;
    verdict.expectedLevel = NaN;
    verdict.distance = Math.abs(step.level);
    this.season.lookAt(slot, measure, step, verdict.learning);
    if (verdict.learning) return;
    for (let i = 0; i < judges.length; i++) {
      const at = judges[i] as number;
      verdict.forecasts[i] = this.options.off?.[at] === 1 ? NaN : (this.scorers[at] as Scorer).predict(slot, step);
    }
    verdict.forecaster = this.forecasts.choose(slot, verdict.forecasts);
    if (verdict.forecaster < 0) return;
    verdict.expectedLevel = verdict.forecasts[verdict.forecaster] as number;
    verdict.distance = Math.abs(step.level - verdict.expectedLevel);
    step.direction = step.level < verdict.expectedLevel ? -1 : 1;
  }

  private hear(slot: number, judges: readonly number[], step: Step, verdict: Verdict, stretch: number): void {
    verdict.voices.fill(NaN);
    verdict.raw.fill(NaN);
    const { off } = this.options;
    for (let i = 0; i < judges.length; i++) {
      const at = judges[i] as number;
      const detector = this.detectors[at] as Detector;
      if (verdict.learning !== detector.speaksWhileLearning || off?.[at] === 1) continue;
      const raw = Math.min(RAW_CAP, (this.scorers[at] as Scorer).score(slot, step));
      if (Number.isNaN(raw)) continue;
      verdict.raw[i] = raw;
      verdict.voices[i] = this.tails.surprise(slot, i, raw, detector.prior, stretch);
    }
  }

  private learnTails(slot: number, step: Step, verdict: Verdict, state: StepState): void {
    if (state === 'odd' || state === 'onset') this.oddStep.keep(slot, verdict.raw, verdict.agreed);
    if (state !== 'quiet') return;
    for (let i = 0; i < this.voices; i++) this.learnTail(slot, i, verdict.raw[i] as number);
    this.learnTail(slot, this.voices, verdict.agreed);
    this.forecasts.learn(slot, verdict.forecasts, step.level);
    const chance = this.oddStep.release(slot);
    if (chance !== undefined) chance.forEach((raw, model) => this.learnTail(slot, model, raw));
  }

  private learnTail(slot: number, model: number, raw: number): void {
    if (!Number.isNaN(raw)) this.tails.add(slot, model, raw);
  }
}
