import type { Measure } from '../model/anomaly.ts';
import { alone } from './agreement.ts';
import { momentOf } from './calendar/moment.ts';
import { seasonsOf } from './registry.ts';
import type { Detector, Scorer, SeasonState, Step } from './scorer.ts';
import type { Verdict } from './verdict.ts';

/** What the season of a series has to say, apart from its voice among the others. */
export class SeasonWord {
  /** Which voices of a measure judge by what is usual at this time. */
  private readonly voices: ReadonlyMap<Measure, readonly number[]>;
  private readonly scorer: Scorer | undefined;
  /** Whether the season of the step that was looked at last may speak alone. */
  private speaksAlone = false;

  constructor(detectors: readonly Detector[], scorers: readonly Scorer[], off?: Uint8Array) {
    this.voices = seasonsOf(detectors);
    this.scorer = scorers.find((scorer, at) => scorer.season !== undefined && off?.[at] !== 1);
  }

  of(measure: Measure): readonly number[] {
    return this.voices.get(measure) ?? NO_VOICES;
  }

  states(slot: number): readonly SeasonState[] {
    return this.scorer?.states?.(slot) ?? [];
  }

  /** Fills in `step.season`; nothing is known of any while a series is learning. */
  lookAt(slot: number, measure: Measure, step: Step, learning: boolean): void {
    const view = learning || this.of(measure).length === 0 ? undefined : this.scorer?.season?.(slot, step);
    step.season = view?.distance ?? NaN;
    this.speaksAlone = view?.alone === true;
  }

  /** What all agree on, or the season alone; where that is more, what it expects is what is told. */
  agree(agreed: number, measure: Measure, step: Step, verdict: Verdict): number {
    const own = this.speaksAlone ? alone(verdict.voices, this.of(measure)) : 0;
    if (!(own > agreed)) return agreed;
    const voice = this.of(measure).find((at) => !Number.isNaN(verdict.forecasts[at]));
    if (voice !== undefined) {
      verdict.forecaster = voice;
      verdict.expectedLevel = verdict.forecasts[voice] as number;
      verdict.distance = Math.abs(step.level - verdict.expectedLevel);
      step.direction = step.season < 0 ? -1 : 1;
    }
    return own;
  }

  /** The time that was expected for, in words; undefined where another than the season forecasts. */
  moment(slot: number, measure: Measure, step: Step, forecaster: number): string | undefined {
    if (!this.of(measure).includes(forecaster)) return undefined;
    const view = this.scorer?.season?.(slot, step);
    return view === undefined ? undefined : momentOf(view.periodMs, step.wallMs, step.holiday);
  }
}

const NO_VOICES: readonly number[] = [];
