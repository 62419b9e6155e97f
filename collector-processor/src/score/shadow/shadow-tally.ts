import type { ShadowNote } from '../../model/shadow.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import { titleOf } from '../finding-sentence.ts';
import type { Finding } from '../finding.ts';
import type { ShadowFinding } from './shadow-finding.ts';

const NOTHING = { raised: 0, pages: 0, besideSeries: 0, besideService: 0, alone: 0, liveRaised: 0, missed: 0 };

/** Counts what either configuration told, and keeps the newest of what only one of them did. */
export class ShadowTally {
  private counted = { ...NOTHING };
  private readonly maxKept: number;
  private readonly kept: ShadowNote[] = [];
  private readonly counters: Record<ShadowNote['beside'] | 'page' | 'live' | 'missed', Counter>;

  constructor(maxKept: number, metrics: SelfMetrics) {
    this.maxKept = maxKept;
    const help = 'Findings that the configuration in shadow would have raised, by what was live at the time.';
    const raised = (beside: ShadowNote['beside']): Counter =>
      metrics.counter({ name: 'sentinel_shadow_findings_total', help, labels: { beside } });
    const counter = (name: string, text: string): Counter => metrics.counter({ name, help: text });
    this.counters = {
      ...{ series: raised('series'), service: raised('service'), alone: raised('alone') },
      page: counter('sentinel_shadow_pages_total', 'Of these, pages.'),
      live: counter('sentinel_shadow_live_findings_total', 'Live findings on the series that are compared.'),
      missed: counter('sentinel_shadow_missed_total', 'Of these, findings that the shadow would have missed.'),
    };
  }

  /** A finding of the shadow is over. */
  over(finding: ShadowFinding): void {
    const { beside, isPage } = finding;
    this.counters[beside].add(1);
    if (isPage) this.counters.page.add(1);
    this.count(finding, this.counted);
    this.keep(noteOf(finding, false));
  }

  /** A live finding is over. */
  liveOver({ id: anomalyId, series, startMs, endMs, peakScore, border }: Finding, isMet: boolean): void {
    this.counted.liveRaised++;
    this.counters.live.add(1);
    if (isMet) return;
    this.counted.missed++;
    this.counters.missed.add(1);
    const about = { series, title: titleOf(series), startMs, endMs, isOpen: false, peakScore };
    this.keep({ kind: 'missed', ...about, isPage: border === 'page', beside: 'series', anomalyId });
  }

  /** With those that are still open. */
  counts(open: readonly ShadowFinding[]): Readonly<typeof NOTHING> {
    const all = { ...this.counted };
    for (const finding of open) this.count(finding, all);
    return all;
  }

  /** Newest first, after those that are open. */
  notes(open: readonly ShadowFinding[]): ShadowNote[] {
    return [...open.map((finding) => noteOf(finding, true)), ...this.kept.toReversed()].slice(0, this.maxKept);
  }

  /** The metrics go on. */
  restart(): void {
    this.counted = { ...NOTHING };
    this.kept.length = 0;
  }

  private count({ beside, isPage }: ShadowFinding, into: typeof NOTHING): void {
    into.raised++;
    if (isPage) into.pages++;
    if (beside === 'series') into.besideSeries++;
    else if (beside === 'service') into.besideService++;
    else into.alone++;
  }

  private keep(note: ShadowNote): void {
    this.kept.push(note);
    if (this.kept.length > this.maxKept) this.kept.shift();
  }
}

function noteOf(finding: ShadowFinding, isOpen: boolean): ShadowNote {
  const { series, startMs, endMs, peakScore, isPage, beside } = finding;
  return { kind: 'raised', series, title: titleOf(series), startMs, endMs, isOpen, peakScore, isPage, beside };
}
