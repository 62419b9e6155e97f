/**
 * What a series tells of a service. `work`: what one request costs, such as queries or rows; any direction is odd. `own_time`:
 * what a request takes without the calls it makes. `silence`: that nothing at all comes from it; as a part of a
 * service, that it tells of no work any more.
 */
export type Measure = 'requests' | 'errors' | 'latency' | 'saturation' | 'work' | 'own_time' | 'silence';

/** Less of these is good news: fewer errors, shorter times, more room. */
export function onlyMoreIsOdd(measure: Measure): boolean {
  return measure !== 'requests' && measure !== 'work';
}

/** One series of one service: how it usually is, and how it was around the incident. Times are epoch milliseconds, ascending. */
export interface CaseSeries {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  /** What it measures and of whom, in words. */
  readonly title: string;
  readonly measure: Measure;
  /** UCUM: `s`, `ms`, `1` for shares, `%`, `By`; '' where unknown. */
  readonly unit: string;
  /** Values of a time without trouble. */
  readonly usual: readonly number[];
  readonly timesMs: readonly number[];
  readonly values: readonly number[];
  /** The caller whose view it is, for a service that tells nothing of itself. */
  readonly seenBy?: string;
  /** Of some requests only, or of those that the service itself makes. */
  readonly part?: true;
  /** The host, node or zone that it is about; absent for a service wherever it runs. */
  readonly place?: string;
  /** Traces that show what is odd about it. */
  readonly traceIds?: readonly string[];
}

/** `from` calls `to`. */
export interface CaseCall {
  readonly from: string;
  readonly to: string;
  /** The callee is seen by its caller only and may be somebody else's view of an instrumented service. */
  readonly remote: boolean;
}

/** A kind of line that a service writes. */
export interface CaseLog {
  readonly service: string;
  readonly severity: 'info' | 'warn' | 'error';
  /** The template, masked. */
  readonly text: string;
  /** Services that its lines name, other than the one that wrote them. */
  readonly names: readonly string[];
  /** An identity (record, offset, message) that most of its lines share; '' for none. */
  readonly item: string;
  /** A party that its lines name and that is not one of the services; '' for none. */
  readonly outside: string;
  /** When lines of it were written, ascending. */
  readonly timesMs: readonly number[];
  /** Traces that show it. */
  readonly traceIds?: readonly string[];
}

/** A deploy, configuration or flag change that might be the cause. */
export interface CaseChange {
  readonly id: string;
  /** '' where it is not known what it touches. */
  readonly service: string;
  readonly atMs: number;
  readonly title: string;
  readonly files: readonly string[];
  /** A unified diff, '' where none was given. */
  readonly diff: string;
}

interface CaseAlarm {
  readonly service: string;
  readonly seriesId: string;
  readonly atMs: number;
  /** When the incident began, where that is known: what was odd before is none of it. */
  readonly sinceMs?: number;
}

/**
 * Everything that the ranking of causes looks at: the same inputs give the same answer, wherever they come from. Written to
 * a file it is what `sentinel incident explain` reads.
 */
export interface CauseCase {
  readonly version: 1;
  /** What raised the incident; without a series when nobody knows which one was first. */
  readonly alarm: CaseAlarm;
  readonly series: readonly CaseSeries[];
  readonly calls: readonly CaseCall[];
  readonly logs: readonly CaseLog[];
  readonly changes: readonly CaseChange[];
  /** What earlier incidents of these services came from, most frequent first. */
  readonly earlier?: readonly { readonly service: string; readonly kind: string; readonly times: number }[];
}
