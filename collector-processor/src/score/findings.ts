import type { Anomaly, AnomalyEvent, Measure } from '../model/anomaly.ts';
import type { Counter, SelfMetrics } from '../runtime/self-metrics.ts';
import type { EarlierFindings } from './earlier-findings.ts';
import type { Examples } from './examples.ts';
import { describePeak } from './finding-peak.ts';
import { isSaid, patienceWith, sibling } from './finding-rules.ts';
import { describeFinding } from './finding-sentence.ts';
import { type Finding, toAnomaly } from './finding.ts';
import { isLasting, pushStep } from './onset.ts';
import { OpenPerService } from './open-per-service.ts';
import { OVER_BUDGET, type PageBudget } from './page-budget.ts';
import { versionWithout } from './registry.ts';
import type { Judgement } from './series-judge.ts';
import type { SeriesStore } from './state/series-store.ts';
import type { SubjectStore } from './state/subject-store.ts';
import { suppressedFindings } from './suppressed-findings.ts';
import { toldSeries } from './told-series.ts';

export interface FindingsOptions {
  readonly bucket: number;
  readonly pageScore: number;
  readonly without: readonly string[];
  /** Steps a series must have been seen before it may page. */
  readonly pageSteps: number;
  readonly newNormalAfter: number;
  readonly maxOpenAnomalies: number;
  readonly maxOpenPerService: number;
}

export interface FindingsParts {
  readonly options: FindingsOptions;
  readonly version: string;
  readonly series: SeriesStore;
  readonly subjects: SubjectStore;
  readonly examples: Examples;
  readonly pages: PageBudget;
  readonly earlier: EarlierFindings;
  readonly metrics: SelfMetrics;
  readonly nowMs: () => number;
  /** 32 hex digits. */
  readonly newId: () => string;
  readonly onAnomaly: (event: AnomalyEvent) => void;
}

/** A finding closes after so many quiet steps; quiet is clearly below the border, so that it does not flicker. */
const QUIET = 0.5;
const QUIET_STEPS = 3;
/** Steps without data after which an open finding closes: nothing can be said about it any more. */
const MISSED_STEPS = 10;
/** An open finding is told again when its peak grew by this much, or after so many steps. */
const GROWTH = 1.25;
const TELL_STEPS = 10;
const MAX_EXAMPLES = 8;
/** What became of a silence. */
const turned: Partial<Record<Measure, string>> = {
  silence: 'Another signal of it came back.',
  signal_loss: 'Now nothing comes from it at all.',
};

/** The open findings: started, followed and closed, each told as an event. Bounded in all and for each service. */
export class Findings {
  private readonly parts: FindingsParts;
  private readonly open = new Map<number, Finding>();
  private readonly perService = new OpenPerService();
  private readonly suppressed: ReturnType<typeof suppressedFindings>;
  private readonly opened: Counter;

  constructor(parts: FindingsParts) {
    this.parts = parts;
    const { metrics } = parts;
    this.suppressed = suppressedFindings(metrics);
    this.opened = metrics.counter({ name: 'sentinel_findings_total', help: 'Findings that were opened.' });
    metrics.gauge({ name: 'sentinel_findings_open', help: 'Findings that are open.' }, () => this.open.size);
  }

  isOpen(slot: number): boolean {
    return this.open.has(slot);
  }

  of(slot: number): Finding | undefined {
    return this.open.get(slot);
  }

  isOpenIn(whose: Anomaly['series']): boolean {
    return this.perService.of(whose) > 0;
  }

  get all(): readonly Finding[] {
    return [...this.open.values()];
  }

  /** Opens a finding whose first odd step was `since` steps ago, unless there are too many or a sibling tells the same. */
  start(judgement: Judgement, since: number, within?: string): void {
    const { options, subjects, nowMs, newId, series } = this.parts;
    const { entry, reading, step } = judgement;
    if (entry.measure === 'silence' && this.isOldNews(judgement)) {
      this.suppressed.newNormal.add(1);
      return;
    }
    const told = toldSeries(judgement);
    if (isSaid(this.open.values(), told) || sibling(entry, subjects, series, (slot) => this.open.has(slot))) {
      this.suppressed.sibling.add(1);
      return;
    }
    if (this.open.size >= options.maxOpenAnomalies || this.perService.of(told) >= options.maxOpenPerService) {
      this.suppressed.limit.add(1);
      return;
    }
    const earlier = this.parts.earlier.of(entry.series.id);
    const back = stepsBack(judgement) ?? since;
    const finding: Finding = {
      ...{ id: newId(), slot: entry.slot, seriesId: entry.series.id, detectedAtMs: nowMs() },
      ...{ series: told, ...(earlier === undefined ? {} : { earlier }), within },
      ...{ startMs: reading.timeMs - reading.stepMs * (1 + back), peakMs: reading.timeMs, endMs: reading.timeMs },
      ...{ border: 'notice', stepMs: reading.stepMs, observed: NaN, expected: NaN, lower: NaN, upper: NaN },
      ...{ peakScore: 0, peakDistance: 0, direction: step.direction > 0 ? 'up' : 'down', reasons: [], traces: [] },
      ...{ lines: [], steps: 0, quiet: 0, missed: 0, pageBits: 0, sentScore: 0, sentStep: 0 },
    };
    this.open.set(entry.slot, finding);
    this.perService.add(told);
    this.opened.add(1);
    this.observe(finding, judgement);
    this.tell('opened', finding);
  }

  /** The next step of a series that has an open finding. */
  follow(judgement: Judgement): void {
    const finding = this.open.get(judgement.entry.slot);
    if (finding === undefined) return;
    const { entry, step, profile, reading } = judgement;
    const { border } = finding;
    const { toldAs = 'silence' } = reading;
    if (entry.measure === 'silence' && judgement.score >= 1 && toldAs !== finding.series.measure) {
      this.close(finding, turned[finding.series.measure]);
      this.start(judgement, 0);
      return;
    }
    this.observe(finding, judgement);
    if (finding.quiet >= QUIET_STEPS) {
      this.close(finding);
      return;
    }
    if (finding.endMs - finding.startMs > patienceWith(profile, this.parts.options.newNormalAfter, finding.stepMs)) {
      entry.ensemble.absorb(entry.at, entry.measure, step);
      this.close(finding, 'It lasted so long that it is taken for the new normal.');
      return;
    }
    const grown = finding.peakScore >= GROWTH * finding.sentScore;
    if (grown || finding.border !== border || finding.steps - finding.sentStep >= TELL_STEPS)
      this.tell('updated', finding);
  }

  /** Called once a bucket: findings whose series has no data any more are closed. */
  age(timeMs: number): void {
    for (const finding of this.open.values()) {
      const entry = this.parts.series.get(finding.slot);
      const gone = entry?.series.id !== finding.seriesId;
      if (gone || timeMs - entry.lastTimeMs > MISSED_STEPS * finding.stepMs) this.close(finding);
    }
  }

  /** Takes findings of an earlier run up again. */
  resume(finding: Finding): void {
    this.open.set(finding.slot, finding);
    this.perService.add(finding.series);
  }

  /** What outlasts the finding whose side effects they were is told by itself. */
  release(within: string): void {
    for (const finding of this.open.values()) {
      if (finding.within !== within) continue;
      finding.within = undefined;
      finding.border = 'notice';
      this.tell('opened', finding);
    }
  }

  anomalies(): Anomaly[] {
    return this.all.filter(({ within }) => within === undefined).map((finding) => this.anomaly(finding, 'open'));
  }

  /** Who was silent for so long that it was taken for the new normal is no news until it has been heard again. */
  private isOldNews({ entry, reading, profile }: Judgement): boolean {
    const { bucket, newNormalAfter } = this.parts.options;
    const heardMs = ((this.parts.subjects.lastSeen[entry.subject] as number) + 1) * bucket;
    return reading.timeMs - heardMs > patienceWith(profile, newNormalAfter, reading.stepMs);
  }

  private observe(finding: Finding, judgement: Judgement): void {
    const { reading, verdict, score, held, entry } = judgement;
    const { pageScore, pageSteps } = this.parts.options;
    finding.steps++;
    finding.stepMs = reading.stepMs;
    finding.quiet = held >= QUIET ? 0 : finding.quiet + 1;
    if (held >= QUIET) finding.endMs = reading.timeMs;
    finding.pageBits = pushStep(finding.pageBits, score >= pageScore);
    const mayPage = entry.ensemble.ageOf(entry.at) >= pageSteps;
    if (mayPage && isLasting(finding.pageBits)) this.page(finding, reading.timeMs);
    if (score >= 1) this.parts.examples.collect(judgement, finding, MAX_EXAMPLES);
    finding.peakDistance = Math.max(finding.peakDistance, verdict.distance);
    if (!(score > finding.peakScore)) return;
    finding.peakScore = score;
    finding.peakMs = reading.timeMs;
    describePeak(finding, judgement);
  }

  /** Asks once for each finding. */
  private page(finding: Finding, timeMs: number): void {
    if (finding.border === 'page' || finding.overBudget === true) return;
    // What is not told by itself uses no page.
    if (finding.within !== undefined || this.parts.pages.take(finding.series.tenant, timeMs)) finding.border = 'page';
    else finding.overBudget = true;
  }

  private close(finding: Finding, note = ''): void {
    this.perService.remove(finding.series);
    this.open.delete(finding.slot);
    const { id, startMs, border } = finding;
    this.parts.earlier.note(finding.seriesId, { id, startMs, border });
    const entry = this.parts.series.get(finding.slot);
    entry?.ensemble.remember(entry.at, finding.peakDistance, finding.endMs);
    if (finding.within === undefined)
      this.parts.onAnomaly({ kind: 'closed', anomaly: this.anomaly(finding, 'closed', note) });
  }

  private tell(kind: 'opened' | 'updated', finding: Finding): void {
    if (finding.within !== undefined) return;
    finding.sentScore = finding.peakScore;
    finding.sentStep = finding.steps;
    this.parts.onAnomaly({ kind, anomaly: this.anomaly(finding, 'open') });
  }

  private anomaly(finding: Finding, state: Anomaly['state'], note = ''): Anomaly {
    const { examples, options } = this.parts;
    const version = versionWithout(this.parts.version, options.without);
    const sentence = examples.mask(
      [describeFinding(finding), finding.overBudget === true ? OVER_BUDGET : '', note]
        .filter((part) => part !== '')
        .join(' '),
    );
    return toAnomaly(finding, state, version, sentence);
  }
}

/** Silence and standing still count their steps themselves. */
function stepsBack({ entry, reading }: Judgement): number | undefined {
  if (entry.measure === 'silence') return reading.value - 1;
  return entry.measure === 'stuck' ? reading.events - 1 : undefined;
}
