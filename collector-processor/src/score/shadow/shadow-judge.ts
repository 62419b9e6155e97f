import type { ShadowSettings } from '../../model/shadow.ts';
import { type ActingSettings, offOf, scaleBetween } from '../acting-settings.ts';
import { Ensemble } from '../ensemble.ts';
import type { Onset } from '../onset.ts';
import type { Detector } from '../scorer.ts';
import type { Judgement, SeriesJudge } from '../series-judge.ts';
import { copyPlace } from '../state/place.ts';
import { withRule } from '../tuning/matches.ts';
import type { Tunings } from '../tuning/tunings.ts';
import type { StepState } from '../verdict.ts';
import type { ShadowOptions } from './shadow-options.ts';

export interface ShadowJudgeParts {
  readonly options: ShadowOptions;
  readonly live: ActingSettings & { readonly learningSteps: number };
  readonly detectors: readonly Detector[];
  /** Rules of people that act live. */
  readonly liveRules: Tunings;
  /** Those of this configuration; filled here. */
  readonly rules: Tunings;
  /** Judges by them. */
  readonly judge: Pick<SeriesJudge, 'weigh' | 'regard'>;
  readonly onset: Onset;
}

/**
 * What the configuration in shadow makes of a step. Where only borders and rules differ it judges the scores of the live
 * detectors. Where others are asked it has a copy of the detectors' state, taken when a series is first seen (and when a warm
 * start replaced that), which learns on by itself.
 */
export class ShadowJudge {
  private readonly parts: ShadowJudgeParts;
  private readonly off: Uint8Array;
  private ensemble: Ensemble | undefined;
  private seenSettings: Tunings['settings'];
  private seenRules: Tunings['all'] | undefined;

  constructor(parts: ShadowJudgeParts) {
    this.parts = parts;
    this.off = offOf(parts.detectors, parts.options.without);
    this.seenSettings = parts.liveRules.settings;
    this.ensemble = this.ownEnsemble();
  }

  get sharesScores(): boolean {
    return this.ensemble === undefined;
  }

  get settings(): ShadowSettings {
    const { noticeSurprise, pageScore } = this;
    this.refreshRules();
    return { noticeSurprise, pageScore, without: this.parts.options.without, rules: this.parts.rules.all };
  }

  get pageScore(): number {
    return this.parts.options.pageScore || this.parts.live.pageScore;
  }

  /** Whether other settings act live since the last time it was asked: then all that was compared is void. */
  isVoid(): boolean {
    const { settings } = this.parts.liveRules;
    if (settings === this.seenSettings) return false;
    this.seenSettings = settings;
    this.ensemble = this.ownEnsemble();
    return true;
  }

  /** Undefined for the step at which a copy was taken: it has learned that one already. */
  judge(live: Judgement, at: number): Judgement | undefined {
    this.refreshRules();
    const { ensemble, parts, noticeSurprise } = this;
    const { entry, reading, step } = live;
    if (ensemble === undefined) {
      return parts.judge.regard(live, scaleBetween(parts.live.noticeSurprise, noticeSurprise, step.stepMs));
    }
    const place = { ensemble, onset: parts.onset, at };
    if (ensemble.ageOf(at) !== entry.ensemble.ageOf(entry.at) - 1) {
      copyPlace(entry, place);
      return undefined;
    }
    return parts.judge.weigh({ ...entry, ...place }, reading);
  }

  learn(at: number, { entry, step, verdict }: Judgement, state: StepState): void {
    this.ensemble?.learn(at, entry.measure, step, verdict, state);
  }

  /** A finding is over, or has become the normal. */
  over(at: number, { entry, step }: Judgement, peakDistance: number, isNormal: boolean): void {
    if (isNormal) this.ensemble?.absorb(at, entry.measure, step);
    this.ensemble?.remember(at, peakDistance, step.timeMs);
  }

  private get noticeSurprise(): number {
    return this.parts.options.noticeSurprise || this.parts.live.noticeSurprise;
  }

  private refreshRules(): void {
    const { liveRules, rules, options } = this.parts;
    if (this.seenRules === liveRules.all) return;
    this.seenRules = liveRules.all;
    rules.apply(options.rules.reduce(withRule, options.liveRules ? [...liveRules.all] : []));
  }

  private ownEnsemble(): Ensemble | undefined {
    const { options, live, detectors } = this.parts;
    if (this.off.every((one, at) => one === live.off[at])) return undefined;
    const { off, noticeSurprise } = this;
    return new Ensemble(options.maxSeries, detectors, { learningSteps: live.learningSteps, noticeSurprise, off });
  }
}
