import { EDGE_BOUNDS, type ServiceEdge } from '../../model/service-graph.ts';
import type { SubjectStore } from '../state/subject-store.ts';

const MINUTE_MS = 60_000;
const BINS = EDGE_BOUNDS.length + 1;
const FAST_SHARE = 0.95;

interface Totals {
  readonly serial: number;
  readonly sinceMs: number;
  lastMs: number;
  calls: number;
  failed: number;
  clientSum: number;
  serverSum: number;
  readonly client: Float64Array;
  readonly server: Float64Array;
  minute: number;
  /** Of the minute that runs, and of the one before it: calls, failures, then calls by duration. */
  running: Float64Array;
  whole: Float64Array;
}

export type EdgeFigures = Omit<ServiceEdge, 'tenant' | 'environment' | 'from' | 'to' | 'remote'>;

/**
 * What each caller's CLIENT and PRODUCER spans add up to, by the subject of the edge, and what those who take from a broker make
 * of it, by delivery: totals in the shape of Tempo's service graphs, and the last whole minute. About 500 bytes an edge; what was new longest ago goes when there is no room.
 */
export class EdgeCalls {
  readonly #subjects: SubjectStore;
  readonly #maximum: number;
  readonly #nowMs: () => number;
  readonly #totals = new Map<number, Totals>();
  #atMs: number;

  /** `nowMs` is wall-clock time. */
  constructor(subjects: SubjectStore, maximum: number, nowMs: () => number) {
    this.#subjects = subjects;
    this.#maximum = maximum;
    this.#nowMs = nowMs;
    this.#atMs = nowMs();
  }

  /** A number below zero for what goes on from `edge`, which leads to a broker, to `taker`; -1 without an edge. */
  deliveryOf(edge: number, taker: number): number {
    const { capacity } = this.#subjects;
    return edge >= 0 && edge < capacity ? -(edge + 1) * capacity - taker : -1;
  }

  /** To be called before a batch: all its calls count for this moment. */
  startBatch(): void {
    this.#atMs = this.#nowMs();
  }

  called(edge: number, durationNs: number, failed: boolean, weight: number): void {
    const totals = this.#of(edge);
    const seconds = durationNs / 1e9;
    if (totals === undefined || !(seconds >= 0)) return;
    const bin = binOf(seconds);
    totals.calls += weight;
    totals.clientSum += seconds * weight;
    totals.client[bin] = (totals.client[bin] as number) + weight;
    totals.running[0] = (totals.running[0] as number) + weight;
    totals.running[bin + 2] = (totals.running[bin + 2] as number) + weight;
    if (!failed) return;
    totals.failed += weight;
    totals.running[1] = (totals.running[1] as number) + weight;
  }

  served(edge: number, durationNs: number, weight: number): void {
    const totals = this.#of(edge);
    const seconds = durationNs / 1e9;
    if (totals === undefined || !(seconds >= 0)) return;
    const bin = binOf(seconds);
    totals.serverSum += seconds * weight;
    totals.server[bin] = (totals.server[bin] as number) + weight;
  }

  /** Undefined when nothing was called there of late. */
  figuresOf(edge: number): EdgeFigures | undefined {
    const totals = this.#totals.get(edge);
    if (totals === undefined || totals.serial !== this.#serialOf(edge)) return undefined;
    turn(totals, Math.floor(this.#nowMs() / MINUTE_MS));
    const { sinceMs, lastMs, calls, failed, client, server, clientSum, serverSum, whole } = totals;
    const [count = 0, failures = 0] = whole;
    return {
      ...{ sinceMs, lastMs, calls, failed },
      client: { counts: client, sum: clientSum },
      server: { counts: server, sum: serverSum },
      rate: count / (MINUTE_MS / 1000),
      errorRatio: failures / count,
      p95: quantileOf(whole.subarray(2), FAST_SHARE),
    };
  }

  /** Of the edge, or of that by which a delivery came; undefined for what is neither. */
  #serialOf(edge: number): number | undefined {
    const { capacity, serial } = this.#subjects;
    return serial[edge >= 0 ? edge : Math.floor(-edge / capacity) - 1];
  }

  #of(edge: number): Totals | undefined {
    const serial = this.#serialOf(edge);
    if (serial === undefined) return undefined;
    const nowMs = this.#atMs;
    let totals = this.#totals.get(edge);
    if (totals?.serial !== serial) {
      totals = fresh(serial, nowMs);
      this.#totals.delete(edge);
      this.#totals.set(edge, totals);
      const oldest = this.#totals.size > this.#maximum ? this.#totals.keys().next().value : undefined;
      if (oldest !== undefined) this.#totals.delete(oldest);
    }
    totals.lastMs = nowMs;
    turn(totals, Math.floor(nowMs / MINUTE_MS));
    return totals;
  }
}

function fresh(serial: number, nowMs: number): Totals {
  return {
    ...{ serial, sinceMs: nowMs, lastMs: nowMs, calls: 0, failed: 0, clientSum: 0, serverSum: 0 },
    client: new Float64Array(BINS),
    server: new Float64Array(BINS),
    minute: Math.floor(nowMs / MINUTE_MS),
    running: new Float64Array(BINS + 2),
    whole: new Float64Array(BINS + 2),
  };
}

function turn(totals: Totals, minute: number): void {
  if (minute === totals.minute) return;
  const { whole, running } = totals;
  [totals.whole, totals.running] = [running, whole];
  totals.running.fill(0);
  if (minute > totals.minute + 1) totals.whole.fill(0);
  totals.minute = minute;
}

function binOf(seconds: number): number {
  let bin = 0;
  while (bin < EDGE_BOUNDS.length && seconds > (EDGE_BOUNDS[bin] as number)) bin++;
  return bin;
}

/** Between the bounds of its bin in proportion; the last bound for what lies beyond. NaN without calls. */
function quantileOf(counts: Float64Array, share: number): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (let bin = 0; bin < EDGE_BOUNDS.length; bin++) {
    const count = counts[bin] as number;
    const [from, to] = [EDGE_BOUNDS[bin - 1] ?? 0, EDGE_BOUNDS[bin] ?? 0];
    if (count > 0 && below + count >= share * all) return from + ((to - from) * (share * all - below)) / count;
    below += count;
  }
  return all > 0 ? (EDGE_BOUNDS.at(-1) ?? NaN) : NaN;
}
