import type { Measure } from '../model/anomaly.ts';
import type { OnsetDesk } from './across/onset-desk.ts';
import type { Findings } from './findings.ts';
import { highestScore } from './gates.ts';
import { levelOf, measureProfiles, type MeasureProfile, valueOf } from './measure-profile.ts';
import type { Reading } from './reading.ts';
import { mostVoices } from './registry.ts';
import type { ScoreSelection } from './score-selection.ts';
import type { Detector, Step } from './scorer.ts';
import type { SeriesEntry } from './state/series-store.ts';
import { toldSeries } from './told-series.ts';
import { tunedProfile, tunedScore } from './tuning/tuned-score.ts';
import type { Tunings } from './tuning/tunings.ts';
import { createVerdict, type StepState, type Verdict } from './verdict.ts';

export interface JudgeOptions {
  /** Length of a bucket: rates are compared as counts in one. */
  readonly bucket: number;
  readonly minFailures: number;
  readonly silentSteps: number;
  readonly pageScore: number;
}

export interface JudgeParts {
  readonly detectors: readonly Detector[];
  readonly options: JudgeOptions;
  readonly findings: Findings;
  /** Where a finding is due; at once without it. */
  readonly onsets?: Pick<OnsetDesk, 'count' | 'offer'> | undefined;
  readonly selection: ScoreSelection;
  /** What people said of these series. */
  readonly tunings: Tunings;
  /** Who sees each step after it was learned. */
  readonly onlookers?: readonly Onlooker[];
}

/** Looks at judged steps and changes nothing. */
export interface Onlooker {
  take(judgement: Judgement): void;
}

/** What a judged step hands on to findings, history and publishing. */
export interface Judgement {
  readonly entry: SeriesEntry;
  readonly reading: Reading;
  readonly step: Step;
  readonly verdict: Verdict;
  readonly profile: MeasureProfile;
  /** After the gates; NaN while learning. */
  readonly score: number;
  /** Before direction, effect and rules of people were looked at. */
  readonly ungated: number;
  /** The highest score that so many events allow. */
  readonly limit: number;
  /** What keeps an open finding open: detectors that move along with the present soon call a lasting fault normal. */
  readonly held: number;
  /** In the measure's unit; NaN while learning. */
  readonly expected: number;
  /** Steps since the last one, at least 1: what seldom happens has none in between. */
  readonly elapsed: number;
  /** Length of a bucket in seconds, for levels of rates. */
  readonly span: number;
}

/** What the detectors said of a step, before gates and rules. */
export type Heard = Omit<Judgement, 'score' | 'ungated' | 'held'>;

const ODD = 1;
const countsFailures: ReadonlySet<Measure> = new Set([
  'error_ratio',
  'error_type_ratio',
  'error_trickle',
  'odd_trace_share',
]);
const JUST_BELOW = 0.99;

/** One step of one series: judged, gated, learned, handed on. */
export class SeriesJudge {
  private readonly parts: JudgeParts;
  private readonly span: number;
  private readonly verdict: Verdict;
  private readonly step: Step = {
    ...{ value: 0, level: 0, floor: 0, relativeFloor: 0, direction: 1 as const, timeMs: 0, stepMs: 0 },
    ...{ events: 0, failures: 0, age: 0, detail: NaN, wallMs: 0, holiday: false, season: NaN },
  };

  constructor(parts: JudgeParts) {
    this.parts = parts;
    this.span = parts.options.bucket / 1000;
    this.verdict = createVerdict(mostVoices(parts.detectors));
  }

  /** What the step would score; nothing is learned from it. */
  weigh(entry: SeriesEntry, reading: Reading): Judgement {
    const { verdict, step, span } = this;
    const { measure, ensemble, at } = entry;
    const profile = measureProfiles[measure];
    this.fill(entry, profile, reading);
    ensemble.judge(at, measure, step, verdict);
    const forecast = Number.isNaN(verdict.expectedLevel) ? NaN : valueOf(profile, verdict.expectedLevel, span);
    const expected = reading.expected ?? forecast;
    const limit = this.limit(entry, profile, reading, expected);
    const elapsed = Math.max(1, (reading.timeMs - entry.lastTimeMs) / reading.stepMs);
    return this.regard({ entry, reading, step, verdict, profile, limit, expected, elapsed, span });
  }

  /** What gates and rules make of a verdict; `scale` is what other borders make of its score. */
  regard(heard: Heard, scale = 1): Judgement {
    const { entry, reading, verdict, limit, expected } = heard;
    const { tunings } = this.parts;
    const tuning = tunings.all.length === 0 ? undefined : tunings.of(toldSeries(heard), reading.timeMs);
    const profile = tunedProfile(measureProfiles[entry.measure], tuning);
    const highest = Number.isNaN(expected) ? limit : Math.min(limit, highestScore(profile, reading.value, expected));
    const ungated = Math.min(scale * verdict.score, limit);
    const judged = verdict.score > 0 || !verdict.learning;
    // What was too little to judge by stays that, whatever border a rule sets.
    const tuned = (raw: number): number => Math.min(tunedScore(Math.min(scale * raw, highest), tuning), limit);
    const score = judged ? tuned(verdict.score) : NaN;
    const held = tuned(verdict.forecaster < 0 ? verdict.score : verdict.holding);
    return { ...heard, profile, score, ungated, held };
  }

  take(entry: SeriesEntry, reading: Reading): void {
    const { findings, selection, onsets } = this.parts;
    const { measure, ensemble, onset, at } = entry;
    const judgement = this.weigh(entry, reading);
    const { score, step, verdict, profile } = judgement;
    const told = onset.take(at, score, verdict.alone, judgement.elapsed);
    const since = profile.atOnce && score >= ODD ? 0 : told;
    const starts = since >= 0;
    const open = findings.isOpen(entry.slot);
    const state = stateOf(open, starts, score);
    if (!Number.isNaN(score)) onsets?.count(entry);
    if (open) findings.follow(judgement);
    else if (starts && onsets !== undefined) onsets.offer(judgement, since);
    else if (starts) findings.start(judgement, since);
    selection.offer(judgement);
    ensemble.learn(at, measure, step, verdict, state);
    entry.lastScore = score;
    entry.lastValue = reading.value;
    entry.lastTimeMs = reading.timeMs;
    entry.stepMs = reading.stepMs;
    for (const onlooker of this.parts.onlookers ?? []) onlooker.take(judgement);
  }

  private fill({ calendar }: SeriesEntry, profile: MeasureProfile, reading: Reading): void {
    const { step, span } = this;
    step.value = reading.value;
    step.level = levelOf(profile, reading.value, span);
    const amount = profile.scale === 'count' && !reading.isCount;
    // A count over a longer step is less noisy, one that was blown up from a sample is more so.
    const steadiness =
      profile.scale === 'count'
        ? Math.sqrt((span * 1000 * reading.weight) / reading.stepMs)
        : evenness(profile, reading);
    step.floor = amount ? 0 : profile.floor * steadiness;
    step.relativeFloor = amount ? measureProfiles.value.relativeFloor : profile.relativeFloor;
    step.direction = 1;
    step.timeMs = reading.timeMs;
    step.stepMs = reading.stepMs;
    step.events = reading.events;
    step.failures = reading.failures;
    step.detail = reading.detail;
    step.wallMs = calendar.wallMs(reading.timeMs - reading.stepMs / 2);
    step.holiday = calendar.isHoliday(step.wallMs);
  }

  /** The highest score that so many events allow. */
  private limit({ measure, series }: SeriesEntry, profile: MeasureProfile, reading: Reading, expected: number): number {
    const { minFailures, silentSteps, pageScore } = this.parts.options;
    // One series that stops or stands still gets nobody out of bed.
    if (measure === 'stuck' || (measure === 'vanished' && series.metric !== undefined)) return JUST_BELOW * pageScore;
    if (countsFailures.has(measure) && reading.failures < minFailures) {
      return (JUST_BELOW * reading.failures) / minFailures;
    }
    if (measure === 'value' && countsThings(series.unit)) {
      const change = Math.abs(reading.value - expected);
      if (change < 1) return JUST_BELOW * change;
    }
    if (measure === 'late_delivery') return lateness(reading.value, silentSteps * this.span);
    const tooFew = reading.events < profile.minimumEvents || (measure === 'silence' && reading.value < silentSteps);
    return tooFew ? JUST_BELOW : Infinity;
  }
}

/** What arrives within the steps that are no silence yet is not late. `late` in seconds. */
function lateness(ageNs: number, late: number): number {
  return ageNs >= late * 1e9 ? Infinity : (JUST_BELOW * ageNs) / (late * 1e9);
}

/** The noise of a share falls with the number of events. */
function evenness({ scale }: MeasureProfile, { events }: Reading): number {
  return scale === 'share' ? 1 / Math.sqrt(Math.max(1, events)) : 1;
}

export function stateOf(open: boolean, starts: boolean, score: number): StepState {
  if (open) return 'finding';
  if (starts) return 'onset';
  return score >= ODD ? 'odd' : 'quiet';
}

/** Of things that are counted there is no half: one more or less is the least that can happen. */
function countsThings(unit = ''): boolean {
  return unit.startsWith('{') && unit.endsWith('}');
}
