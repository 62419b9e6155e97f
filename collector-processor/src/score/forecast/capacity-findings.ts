import type { Anomaly, AnomalyEvent } from '../../model/anomaly.ts';
import type { Counter } from '../../runtime/self-metrics.ts';
import type { EarlierFindings } from '../earlier-findings.ts';
import { OVER_BUDGET, type PageBudget } from '../page-budget.ts';
import { tunedScore } from '../tuning/tuned-score.ts';
import type { Tunings } from '../tuning/tunings.ts';
import { capacityAnomaly, type Horizons, type OpenCapacityFinding, scoreOfDays } from './capacity-finding.ts';
import type { CapacitySeries } from './capacity-series.ts';
import { daysLeftOf, sentenceOf } from './describe-forecast.ts';

export interface CapacityFindingsParts {
  readonly horizonsOf: (series: CapacitySeries) => Horizons;
  readonly pageScore: number;
  readonly pages: PageBudget;
  readonly earlier: EarlierFindings;
  readonly maxOpen: number;
  readonly tunings?: Tunings | undefined;
  /** Time between two looks. */
  readonly everyMs: number;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly opened: Counter;
  readonly suppressed: Counter;
  readonly onAnomaly: (event: AnomalyEvent) => void;
}

const VERSION = 'forecast-1';
const DAY_MS = 86_400_000;
/** A shortage is told when two looks in a row saw it, and is over when three saw none. */
const LOOKS_TO_OPEN = 2;
const LOOKS_TO_CLOSE = 3;
/** Time left that is over has to be beyond the horizon by this factor. */
const CLEARLY_MORE = 1.2;
/** An open finding is told again when its score grew by this much, and once a day. */
const GROWTH = 1.25;

/** Findings on resources that run out: one for each resource, from the first look that saw it to the last. */
export class CapacityFindings {
  private readonly parts: CapacityFindingsParts;
  private readonly open = new Map<CapacitySeries, OpenCapacityFinding>();
  private readonly waiting = new Map<CapacitySeries, number>();

  constructor(parts: CapacityFindingsParts) {
    this.parts = parts;
  }

  get size(): number {
    return this.open.size;
  }

  of(series: CapacitySeries): OpenCapacityFinding | undefined {
    return this.open.get(series);
  }

  resume(series: CapacitySeries, finding: OpenCapacityFinding): void {
    this.open.set(series, finding);
  }

  anomalies(): Anomaly[] {
    return [...this.open].map(([series, finding]) => this.anomaly(series, finding, 'open'));
  }

  /** After each look at a resource. */
  judge(series: CapacitySeries): void {
    const finding = this.open.get(series);
    const horizons = this.parts.horizonsOf(series);
    const days = shortageOf(series, finding !== undefined);
    const rule = this.parts.tunings?.of(series.identity.series, series.sampledMs);
    const score = tunedScore(scoreOfDays(days, horizons, this.parts.pageScore), rule);
    if (finding !== undefined) {
      const isShort = days <= CLEARLY_MORE * horizons.notice;
      const isExpected = rule?.threshold !== undefined && score < 1;
      this.follow(series, finding, isShort && !isExpected ? Math.max(score, 1) : 0);
      return;
    }
    const seen = score >= 1 ? (this.waiting.get(series) ?? 0) + 1 : 0;
    if (seen === 0) this.waiting.delete(series);
    else if (seen < LOOKS_TO_OPEN && series.deadlineDays === undefined) this.waiting.set(series, seen);
    else this.start(series, score);
  }

  /** Nothing is heard of it any more. */
  drop(series: CapacitySeries): void {
    this.waiting.delete(series);
    const finding = this.open.get(series);
    if (finding !== undefined) this.close(series, finding, 'nothing was heard of it any more');
  }

  private start(series: CapacitySeries, score: number): void {
    this.waiting.delete(series);
    if (this.open.size >= this.parts.maxOpen) {
      this.parts.suppressed.add(1);
      return;
    }
    const { sampledMs: timeMs } = series;
    const earlier = this.parts.earlier.of(series.identity.series.id);
    const finding: OpenCapacityFinding = {
      ...(earlier === undefined ? {} : { earlier }),
      ...{
        id: this.parts.newId(),
        startMs: timeMs,
        detectedAtMs: this.parts.nowMs(),
        border: 'notice',
        peakMs: timeMs,
      },
      ...{ peakScore: 0, endMs: timeMs, left: daysLeftOf(series), quiet: 0, sentScore: 0, sentMs: timeMs },
    };
    this.open.set(series, finding);
    this.parts.opened.add(1);
    this.observe(series, finding, score);
    this.tell('opened', series, finding);
  }

  private follow(series: CapacitySeries, finding: OpenCapacityFinding, score: number): void {
    const { border } = finding;
    this.observe(series, finding, score);
    if (finding.quiet >= LOOKS_TO_CLOSE) {
      this.close(series, finding, 'it has time again');
      return;
    }
    const isNews = finding.peakScore >= GROWTH * finding.sentScore || finding.border !== border;
    if (isNews || series.sampledMs - finding.sentMs >= DAY_MS) this.tell('updated', series, finding);
  }

  private observe(series: CapacitySeries, finding: OpenCapacityFinding, score: number): void {
    finding.quiet = score >= 1 ? 0 : finding.quiet + 1;
    if (finding.quiet > 0) return;
    finding.endMs = series.sampledMs;
    finding.left = daysLeftOf(series);
    if (score >= this.parts.pageScore) this.page(series, finding);
    if (score <= finding.peakScore) return;
    finding.peakScore = score;
    finding.peakMs = series.sampledMs;
  }

  /** Asks once for each finding. */
  private page({ identity, sampledMs }: CapacitySeries, finding: OpenCapacityFinding): void {
    if (finding.border === 'page' || finding.overBudget === true) return;
    if (this.parts.pages.take(identity.series.tenant, sampledMs)) finding.border = 'page';
    else finding.overBudget = true;
  }

  private close(series: CapacitySeries, finding: OpenCapacityFinding, why: string): void {
    const { id, startMs, border } = finding;
    this.open.delete(series);
    this.parts.earlier.note(series.identity.series.id, { id, startMs, border });
    this.parts.onAnomaly({ kind: 'closed', anomaly: this.anomaly(series, finding, 'closed', why) });
  }

  private tell(kind: 'opened' | 'updated', series: CapacitySeries, finding: OpenCapacityFinding): void {
    finding.sentScore = finding.peakScore;
    finding.sentMs = series.sampledMs;
    this.parts.onAnomaly({ kind, anomaly: this.anomaly(series, finding, 'open') });
  }

  private anomaly(series: CapacitySeries, finding: OpenCapacityFinding, state: Anomaly['state'], why = ''): Anomaly {
    const said = state === 'open' ? sentenceOf(series, 'short') : `${series.identity.title} was running out; ${why}.`;
    const sentence = finding.overBudget === true ? `${said} ${OVER_BUDGET}` : said;
    const { everyMs: stepMs, horizonsOf } = this.parts;
    const horizonDays = horizonsOf(series).notice;
    return capacityAnomaly({ series, finding, state, stepMs, horizonDays, version: VERSION, sentence });
  }
}

/** Days left at the earliest where both windows agree that it runs out; Infinity otherwise. What is full stays a shortage. */
function shortageOf({ brief, long, deadlineDays, level, capacity }: CapacitySeries, isOpen: boolean): number {
  if (deadlineDays !== undefined) return deadlineDays;
  if (isOpen && level >= capacity) return 0;
  return Math.min(brief?.alarmWithin ?? Infinity, long?.alarmWithin ?? Infinity) / DAY_MS;
}
