import { type CaseLog, type CaseSeries, type CauseCase, type Measure, onlyMoreIsOdd } from './cause-case.ts';
import { type Deviation, deviationOf } from './deviation.ts';
import { logEvidence } from './log-evidence.ts';
import type { Rows } from './rows.ts';

/** Something odd about one service, on the scale of all kinds: doublings of the deviation. */
export type Evidence = SeriesEvidence | LogEvidence;

export interface SeriesEvidence {
  readonly kind: Measure;
  readonly strength: number;
  readonly onsetMs: number;
  readonly series: CaseSeries;
  readonly deviation: Deviation;
}

export interface LogEvidence {
  readonly kind: 'log';
  readonly strength: number;
  readonly onsetMs: number;
  readonly log: CaseLog;
  readonly change: 'new' | 'surging' | 'vanished';
  /** Lines while the incident lasted. */
  readonly count: number;
}

/** What is known of one service. */
export interface ServiceEvidence {
  readonly service: string;
  /** Strongest first. */
  readonly items: readonly Evidence[];
  /** When the first of them began; NaN without any. */
  readonly onsetMs: number;
  /** Shows that somebody sends it clearly more than usual. */
  readonly demand?: SeriesEvidence;
}

const ODD_FROM = 4;
const MOST = 8;
/** More or fewer requests are rarely a fault of the service that gets them. */
const TRAFFIC_SHARE = 0.5;

export function evidenceOf(facts: CauseCase, rows: Rows): ReadonlyMap<string, ServiceEvidence> {
  const items = new Map<string, Evidence[]>(servicesOf(facts).map((service) => [service, []]));
  for (const series of facts.series) {
    const found = seriesEvidence(series, rows);
    if (found !== undefined) items.get(series.service)?.push(found);
  }
  for (const found of logEvidence(facts.logs, rows)) items.get(found.log.service)?.push(found);
  return new Map([...items].map(([service, list]) => [service, summaryOf(service, list)]));
}

export function servicesOf({ alarm, series, calls, logs }: CauseCase): readonly string[] {
  const names = [alarm, ...series, ...logs].map(({ service }) => service);
  return [...new Set([...names, ...calls.flatMap(({ from, to }) => [from, to])])].filter((name) => name !== '');
}

function seriesEvidence(series: CaseSeries, rows: Rows): SeriesEvidence | undefined {
  const deviation = oddDeviation(series, rows);
  if (deviation === undefined) return undefined;
  const strength = Math.min(MOST, Math.log2(1 + Math.abs(deviation.z)));
  const share = series.measure === 'requests' ? TRAFFIC_SHARE : 1;
  return { kind: series.measure, strength: share * strength, onsetMs: deviation.onsetMs, series, deviation };
}

function oddDeviation(series: CaseSeries, rows: Rows): Deviation | undefined {
  const deviation = deviationOf(series, rows);
  return deviation?.stays === true && counts(series, deviation.z) ? deviation : undefined;
}

export function isOddSeries(series: CaseSeries, rows: Rows): boolean {
  return oddDeviation(series, rows) !== undefined;
}

/** What a caller gave up is the caller's doing. */
function counts({ measure, name }: CaseSeries, z: number): boolean {
  if (Math.abs(z) < ODD_FROM || /cancel/i.test(name)) return false;
  return z > 0 || !onlyMoreIsOdd(measure);
}

function summaryOf(service: string, list: Evidence[]): ServiceEvidence {
  const items = list.sort((left, right) => right.strength - left.strength);
  return { service, items, onsetMs: items.length === 0 ? NaN : Math.min(...items.map(({ onsetMs }) => onsetMs)) };
}

/** Nothing at all comes from it. */
export function isMute(evidence: ServiceEvidence | undefined): boolean {
  return evidence?.items.some((item) => item.kind === 'silence' && item.series.part !== true) === true;
}

/** It tells of no work any more, and of other things it does: it may be stuck, or have lost its way to tell. */
export function isIdle(item: Evidence): boolean {
  return item.kind === 'silence' && item.series.part === true;
}

export const MORE_TIMES = 1.5;

/** The series that shows that a service gets clearly more requests than usual, if it does. */
export function moreRequests(evidence: ServiceEvidence | undefined): SeriesEvidence | undefined {
  return evidence?.items.find(
    (item): item is SeriesEvidence =>
      item.kind === 'requests' &&
      item.series.part !== true &&
      item.deviation.z > 0 &&
      item.deviation.now >= MORE_TIMES * item.deviation.usual,
  );
}

/** What waits, by the name of its series: it may wait for somebody else. */
export function isBacklog(name: string): boolean {
  return /queue|depth|backlog|lag|_age|waiting/.test(name);
}
