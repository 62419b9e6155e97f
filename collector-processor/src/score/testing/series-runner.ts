import type { Anomaly, AnomalyEvent, Measure, ScoredBucket } from '../../model/anomaly.ts';
import { createMask } from '../../runtime/masking.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { Frame } from '../buckets/frame.ts';
import { EarlierFindings } from '../earlier-findings.ts';
import { Examples } from '../examples.ts';
import { Findings } from '../findings.ts';
import { History } from '../history.ts';
import { createExampleLines } from '../logs/example-lines.ts';
import type { ScoreOptions } from '../options.ts';
import { PageBudget } from '../page-budget.ts';
import { detectors as registered } from '../registry.ts';
import { ScoreSelection } from '../score-selection.ts';
import type { Detector } from '../scorer.ts';
import { SeriesJudge } from '../series-judge.ts';
import { SeriesStore } from '../state/series-store.ts';
import { SubjectStore } from '../state/subject-store.ts';
import { kindNumber, kindTable, subjectKindNames } from '../subject-kinds.ts';
import { Tunings } from '../tuning/tunings.ts';
import { testOptions } from './test-options.ts';

export interface StepExtras {
  readonly events?: number;
  readonly failures?: number;
  readonly detail?: number;
  /** When the step ends and how long it is; a bucket after the last one, and a bucket, unless given. */
  readonly timeMs?: number;
  readonly stepMs?: number;
}

/** One series that is fed values, one a step, through everything behind the buckets. */
export function createSeriesRunner(
  measure: Measure,
  changes: Partial<ScoreOptions> = {},
  detectors: readonly Detector[] = registered,
  unit = '',
) {
  const options = testOptions({ maxSeries: 8, ...changes });
  const metrics = createSelfMetrics();
  const series = new SeriesStore(detectors, options);
  const subjects = new SubjectStore(8, series);
  const events: AnomalyEvent[] = [];
  const scores: ScoredBucket[] = [];
  let timeMs = Date.UTC(2026, 2, 2);
  let ids = 0;
  let strength = 0;
  const findings = new Findings({
    ...{ options, version: 'test', series, subjects, metrics, nowMs: () => timeMs, newId: () => String(++ids) },
    pages: new PageBudget({ perDay: options.maxPagesPerDay, metrics }),
    earlier: new EarlierFindings(),
    examples: new Examples(subjects, createExampleLines(8), createMask([])),
    onAnomaly: (event) => events.push(event),
  });
  const history = new History({ points: 8, series: 1 });
  const onScores = (buckets: readonly ScoredBucket[]): void => void scores.push(...buckets);
  const selection = new ScoreSelection({ maxPublishedSeries: 1e9, history, metrics, onScores });
  const judge = new SeriesJudge({ detectors, options, findings, selection, tunings: new Tunings() });
  const name = subjectKindNames.find((_name, kind) => kindTable[kind]?.measures.includes(measure)) ?? 'gauge';
  const { signal } = kindTable[kindNumber(name)] ?? { signal: 'any' };
  const place = subjects.add(
    {
      ...{ low: 1, high: 2, kind: kindNumber(name), presence: -1 },
      identity: {
        ...{ tenant: '', signal: signal === 'any' ? 'traces' : signal, service: 'checkout', namespace: '' },
        ...{ environment: '', attributes: {}, unit },
      },
    },
    0,
  );
  const entry = subjects
    .slotsOf(place)
    .flatMap((slot) => series.get(slot) ?? [])
    .find((one) => one.measure === measure);
  if (entry === undefined) throw new Error(`no series measures ${measure}`);
  const frame = new Frame(8);

  return {
    ...{ entry, events, scores, findings, options },
    /** What a step would score; nothing is learned from it. */
    weigh(value: number, { events: items = 100, failures = 0, detail = NaN }: StepExtras = {}): number {
      const counts = { events: items, failures, detail, weight: 1, isCount: true };
      return judge.weigh(entry, { value, ...counts, timeMs, stepMs: options.bucket, frame, row: -1 }).score;
    },
    /** The score of the step, NaN while learning. */
    step(value: number, extras: StepExtras = {}): number {
      const { events: items = 100, failures = 0, detail = NaN, stepMs = options.bucket } = extras;
      timeMs = extras.timeMs ?? timeMs + stepMs;
      const counts = { events: items, failures, detail, weight: 1, isCount: true };
      const wasOpen = findings.isOpen(entry.slot);
      judge.take(entry, { value, ...counts, timeMs, stepMs, frame, row: -1 });
      strength = wasOpen ? 0 : entry.onset.strengthOf(entry.at);
      findings.age(timeMs);
      return entry.lastScore;
    },
    /** How strongly the last step started a finding (from 1 on it did); 0 while one was open already. */
    strength: () => strength,
    opened: (): Anomaly[] => events.filter(({ kind }) => kind === 'opened').map(({ anomaly }) => anomaly),
    closed: (): Anomaly[] => events.filter(({ kind }) => kind === 'closed').map(({ anomaly }) => anomaly),
  };
}

export type SeriesRunner = ReturnType<typeof createSeriesRunner>;
