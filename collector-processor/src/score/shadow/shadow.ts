import type { ShadowReport } from '../../model/shadow.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { ActingSettings } from '../acting-settings.ts';
import { isSaid, sibling } from '../finding-rules.ts';
import type { Finding } from '../finding.ts';
import type { Findings } from '../findings.ts';
import type { Onset } from '../onset.ts';
import { type Judgement, type Onlooker, stateOf } from '../series-judge.ts';
import type { SeriesEntry, SeriesStore } from '../state/series-store.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { toldSeries } from '../told-series.ts';
import { follow, isQuiet, type ShadowFinding, startFinding } from './shadow-finding.ts';
import type { ShadowJudge } from './shadow-judge.ts';
import type { ShadowOptions } from './shadow-options.ts';
import { ShadowTally } from './shadow-tally.ts';

export interface ShadowParts {
  readonly options: ShadowOptions & { readonly pageSteps: number; readonly newNormalAfter: number };
  readonly live: ActingSettings;
  readonly liveRules: { readonly all: ShadowReport['live']['rules'] };
  readonly judge: ShadowJudge;
  readonly onset: Onset;
  readonly findings: Pick<Findings, 'of' | 'isOpenIn'>;
  readonly series: SeriesStore;
  readonly subjects: SubjectStore;
  readonly nowMs: () => number;
  readonly metrics: SelfMetrics;
}

interface Watched {
  readonly entry: SeriesEntry;
  readonly place: number;
  lastMs: number;
  finding: ShadowFinding | undefined;
  live: { readonly finding: Finding; isMet: boolean } | undefined;
  /** What became the new normal is no news until the series was quiet. */
  isNormal: boolean;
}

/** Without a step for so long nothing can be said any more. */
const MISSED_STEPS = 10;
const ODD = 1;

/** A second configuration beside the live one: it sees the same steps of up to `maxSeries` series, and tells nobody. */
export class Shadow implements Onlooker {
  private readonly parts: ShadowParts;
  private readonly tally: ShadowTally;
  /** By slot. */
  private readonly watched = new Map<number, Watched>();
  private readonly open = new Map<number, ShadowFinding>();
  private readonly leftOut = new Set<number>();
  private sinceMs: number;
  private steps = 0;

  constructor(parts: ShadowParts) {
    const { options, metrics, nowMs } = parts;
    this.parts = parts;
    this.tally = new ShadowTally(options.maxKept, metrics);
    this.sinceMs = nowMs();
    const gauge = (name: string, help: string, read: () => number): void => metrics.gauge({ name, help }, read);
    gauge('sentinel_shadow_series', 'Series on which a configuration in shadow is compared.', () => this.watched.size);
    gauge('sentinel_shadow_series_left_out', 'Series without a place there.', () => this.leftOut.size);
    gauge('sentinel_shadow_open', 'Findings of the shadow that are open.', () => this.open.size);
  }

  report(): ShadowReport {
    const { tally, steps, sinceMs, parts } = this;
    const { noticeSurprise, pageScore, without } = parts.live;
    const { sharesScores, settings } = parts.judge;
    const open = [...this.open.values()];
    return {
      ...{ sinceMs, sharesScores, settings },
      live: { noticeSurprise, pageScore, without, rules: parts.liveRules.all },
      ...{ series: this.watched.size, seriesLeftOut: this.leftOut.size, steps },
      ...tally.counts(open),
      notes: tally.notes(open),
    };
  }

  take(live: Judgement): void {
    const { judge, findings } = this.parts;
    if (judge.isVoid()) this.restart();
    const one = this.of(live.entry);
    if (one === undefined) return;
    this.steps++;
    const judgement = judge.judge(live, one.place);
    if (judgement !== undefined) this.step(one, judgement);
    this.meet(one, findings.of(one.entry.slot));
  }

  private step(one: Watched, judgement: Judgement): void {
    const { judge, onset } = this.parts;
    const { score, step, profile, entry, verdict } = judgement;
    if (step.timeMs - one.lastMs > MISSED_STEPS * step.stepMs) this.close(one);
    one.lastMs = step.timeMs;
    const told = onset.take(one.place, score, verdict.alone, judgement.elapsed);
    const starts = told >= 0 || (profile.atOnce && score >= ODD);
    const state = stateOf(one.finding !== undefined, starts, score);
    one.isNormal &&= !isQuiet(judgement);
    if (one.finding === undefined && starts && !one.isNormal) this.start(one, judgement);
    if (one.finding !== undefined) this.follow(one, one.finding, judgement);
    judge.learn(one.place, { ...judgement, entry }, state);
  }

  private start(one: Watched, judgement: Judgement): void {
    const { subjects, series } = this.parts;
    const told = toldSeries(judgement);
    if (isSaid(this.open.values(), told)) return;
    if (sibling(one.entry, subjects, series, (slot) => this.open.has(slot))) return;
    one.finding = startFinding(told, judgement);
    this.open.set(one.entry.slot, one.finding);
  }

  private follow(one: Watched, finding: ShadowFinding, judgement: Judgement): void {
    const { options, judge } = this.parts;
    const { pageSteps, newNormalAfter } = options;
    const became = follow(finding, judgement, { pageScore: judge.pageScore, pageSteps, newNormalAfter });
    if (became === 'open') return;
    one.isNormal = became === 'normal';
    judge.over(one.place, judgement, finding.peakDistance, one.isNormal);
    this.close(one);
  }

  private close(one: Watched): void {
    if (one.finding === undefined) return;
    this.tally.over(one.finding);
    this.open.delete(one.entry.slot);
    one.finding = undefined;
  }

  /** Puts what live tells of the series beside what the shadow does. */
  private meet(one: Watched, live: Finding | undefined): void {
    if (one.live !== undefined && one.live.finding !== live) {
      this.tally.liveOver(one.live.finding, one.live.isMet);
      one.live = undefined;
    }
    if (live !== undefined) one.live ??= { finding: live, isMet: false };
    const { finding } = one;
    if (finding === undefined) return;
    if (one.live !== undefined) {
      one.live.isMet = true;
      finding.beside = 'series';
    } else if (finding.beside === 'alone' && this.parts.findings.isOpenIn(one.entry.series)) finding.beside = 'service';
  }

  private of(entry: SeriesEntry): Watched | undefined {
    const known = this.watched.get(entry.slot);
    if (known?.entry === entry) return known;
    if (known !== undefined) this.close(known);
    else if (this.watched.size >= this.parts.options.maxSeries) {
      this.leftOut.add(entry.slot);
      return undefined;
    }
    const place = known?.place ?? this.watched.size;
    const nothing = { finding: undefined, live: undefined, isNormal: false, lastMs: Infinity };
    const one: Watched = { entry, place, ...nothing };
    this.watched.set(entry.slot, one);
    this.parts.onset.state.clear(place);
    return one;
  }

  /** Other settings act live: what was compared with them is no more. */
  private restart(): void {
    this.watched.clear();
    this.open.clear();
    this.leftOut.clear();
    this.tally.restart();
    this.steps = 0;
    this.sinceMs = this.parts.nowMs();
  }
}
