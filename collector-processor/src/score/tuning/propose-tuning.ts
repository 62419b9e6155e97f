import type { Anomaly, Measure, Series } from '../../model/anomaly.ts';
import type { Tuning, TuningWindow } from '../../model/tuning.ts';
import type { StoredStep } from './tuning-effect.ts';

export interface Proposal {
  readonly rule: Tuning;
  /** A sentence. */
  readonly why: string;
}

/** A rule goes this far beyond what was seen, so that the like of it is covered. */
const MARGIN = 1.1;
/** A border beyond this would hide everything; then the size of the change says more. */
const MAX_THRESHOLD = 4;
const MIN_THRESHOLD = 0.25;
const STEP = 0.05;
/** Where nothing was stored of what was missed, borders are lowered by this. */
const SHY_THRESHOLD = 0.75;
/** So many other days with a finding at the same time of day make it a habit. */
const HABIT_DAYS = 2;
const AROUND_MINUTES = 30;
const DAY_MINUTES = 24 * 60;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const asLong =
  'A pause as long as this is expected from now on, a longer one is still told; a border of 1000 tells none.';

/**
 * Findings on what has no usual value to differ from, with what a border means there: direction and size of a change cannot act
 * on them.
 */
export const withoutExpectation: Readonly<Partial<Record<Measure, string>>> = {
  new_template:
    'This kind of line is known now and is no news again, so the rule is for new kinds of lines of its service: fewer lines ' +
    'than these are not told; a border of 1000 tells none.',
  new_edge: 'This call is known now and is no news again, so the rule is for new calls of its service.',
  lost_edge: asLong,
  vanished: asLong,
  silence: asLong,
  signal_loss: asLong,
  days_left: 'As little time left as this is expected, less is still told.',
};

/** The least that would have kept an expected finding quiet; only at its time of day when it is a habit. */
export function proposeForExpected(anomaly: Anomaly, earlier: readonly Anomaly[]): Proposal {
  const scope = expectedScope(anomaly.series);
  const window = habitOf(anomaly, earlier);
  const when = window === undefined ? {} : { window };
  const habit =
    window === undefined ? '' : ' It came at this time on other days too, so the rule is for that time of day.';
  const threshold = roundUp(MARGIN * anomaly.peakScore);
  const meaning = withoutExpectation[anomaly.series.measure];
  if (threshold <= MAX_THRESHOLD || meaning !== undefined) {
    const told = meaning === undefined ? '' : ` ${meaning}`;
    const why = `Its score of ${anomaly.peakScore.toFixed(2)} is below a border of ${threshold}.${told}${habit}`;
    return { rule: { scope, ...when, threshold }, why };
  }
  const minimumChange = MARGIN * Math.abs(anomaly.observed - anomaly.expected);
  const why = `A border beyond ${MAX_THRESHOLD} would hide everything, so changes of its size are taken for usual.${habit}`;
  return { rule: { scope, ...when, minimumChange }, why };
}

/** The least that would have made the highest stored step of a stretch a finding. */
export function proposeForMissed(series: Series, steps: readonly StoredStep[]): Proposal {
  const scope = expectedScope(series);
  const best = steps.toSorted((a, b) => b.ungated - a.ungated)[0];
  if (best === undefined || best.ungated <= 0) {
    const why = 'No score of that time is stored, so the border is lowered a little.';
    return { rule: { scope, threshold: SHY_THRESHOLD }, why };
  }
  const threshold = Math.max(MIN_THRESHOLD, Math.min(1, roundDown(best.ungated / MARGIN)));
  if (best.score >= best.ungated / MARGIN) {
    return { rule: { scope, threshold }, why: `Its highest score was ${best.score.toFixed(2)}.` };
  }
  const change = Math.abs(best.value - best.expected) / MARGIN;
  const effect = { direction: 'both' as const, minimumChange: change, minimumShare: 0 };
  const why = `The detectors gave it ${best.ungated.toFixed(2)}; it was its direction or size that kept it quiet.`;
  return { rule: { scope, ...effect, ...(threshold < 1 ? { threshold } : {}) }, why };
}

/** What is new once never is again, and an edge is noticed in two ways: these rules name more than one series. */
function expectedScope({ tenant, id: seriesId, service, environment, measure, peer }: Series): Tuning['scope'] {
  const ofService = { tenant, service, ...(environment === '' ? {} : { environment }), measure };
  if (measure === 'new_template' || measure === 'new_edge') return ofService;
  if (measure === 'lost_edge') return { ...ofService, ...(peer === undefined ? {} : { peer }) };
  return { tenant, seriesId };
}

function habitOf({ id, startMs, endMs }: Anomaly, earlier: readonly Anomaly[]): TuningWindow | undefined {
  const minute = minuteOf(startMs);
  const alike = earlier.filter(
    (other) => other.id !== id && distance(minuteOf(other.startMs), minute) <= AROUND_MINUTES,
  );
  const today = Math.floor(startMs / DAY_MS);
  const days = new Set(alike.map((other) => Math.floor(other.startMs / DAY_MS)).filter((day) => day !== today));
  if (days.size < HABIT_DAYS) return undefined;
  const length = Math.max(endMs - startMs, ...alike.map((other) => other.endMs - other.startMs)) / MINUTE_MS;
  if (length + 2 * AROUND_MINUTES >= DAY_MINUTES) return undefined;
  const fromMinute = (minute - AROUND_MINUTES + DAY_MINUTES) % DAY_MINUTES;
  return { fromMinute, toMinute: Math.ceil(minute + length + AROUND_MINUTES) % DAY_MINUTES };
}

function minuteOf(timeMs: number): number {
  return Math.floor((timeMs % DAY_MS) / MINUTE_MS);
}

function distance(a: number, b: number): number {
  const apart = Math.abs(a - b);
  return Math.min(apart, DAY_MINUTES - apart);
}

function roundUp(score: number): number {
  return Number((Math.ceil(score / STEP) * STEP).toFixed(2));
}

function roundDown(score: number): number {
  return Number((Math.floor(score / STEP) * STEP).toFixed(2));
}
