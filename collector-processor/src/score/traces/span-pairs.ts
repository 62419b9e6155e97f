import { type SpanColumns, SpanKind } from '../../model/columns.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { Frame } from '../buckets/frame.ts';
import type { DerivedSubjects } from '../derived-subjects.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { addDuration } from './add-duration.ts';
import { MessageLinks } from './message-links.ts';
import { ServedSpans } from './served-spans.ts';
import type { ServiceLinks } from './service-links.ts';
import { SpanKeys } from './span-keys.ts';
import { SpanTable } from './span-table.ts';
import { TraceSample } from './trace-sample.ts';

export interface SpanPairsOptions {
  /** Spans of open buckets that wait for their parents and children. */
  readonly maxPairedSpans: number;
  readonly lateBuckets: number;
}

export interface SpanPairsParts {
  readonly options: SpanPairsOptions;
  readonly subjects: SubjectStore;
  readonly derived: DerivedSubjects;
  readonly links: ServiceLinks;
  readonly metrics: SelfMetrics;
}

const SERVED_SHARE = 4;
const MAX_HOPS = 8;
/** Of a batch, so many messages tell who takes them. */
const MAX_LINKS = 8;
/** Share of spans without room that a median does not feel. */
const TOLERATED = 0.02;

/**
 * Puts spans beside their parents and children, which come in other requests, in any order.
 *
 * - **Own time** of an operation is what it took without the calls it made: its duration less the time in CLIENT and PRODUCER
 *   spans under it, also through inner spans. Of calls side by side the time from the first start to the last end counts.
 *   It is known when the bucket of its end closes.
 * - **Network time** is what a caller waited for longer than the callee worked, charged to the callee.
 *
 * Whole traces are left out when there is no room, half of them at a time, so that what is left is a fair sample. A span costs
 * two look-ups in a table of four-place sets.
 */
export class SpanPairs {
  private readonly subjects: SubjectStore;
  private readonly derived: DerivedSubjects;
  private readonly links: ServiceLinks;
  private readonly table: SpanTable;
  private readonly messages: MessageLinks;
  private readonly served: ServedSpans;
  private readonly unpaired: Counter;
  private touched = 0;
  private refused = 0;
  private wasFull = false;
  private readonly keys = new SpanKeys();
  private readonly sample = new TraceSample();

  constructor({ options: { maxPairedSpans, lateBuckets }, subjects, derived, links, metrics }: SpanPairsParts) {
    this.subjects = subjects;
    this.links = links;
    this.derived = derived;
    this.table = new SpanTable(maxPairedSpans, lateBuckets + 2);
    this.messages = new MessageLinks(this.table, subjects, links);
    this.served = new ServedSpans(Math.ceil(maxPairedSpans / SERVED_SHARE));
    const help = 'Spans that found no room to wait for their parents and children.';
    this.unpaired = metrics.counter({ name: 'sentinel_spans_unpaired_total', help });
    const share = 'Share of traces whose spans are put beside each other, for own time and network time.';
    metrics.gauge({ name: 'sentinel_span_pair_share', help: share }, () => this.sample.share);
  }

  /** To be asked of each span first: whether its trace is in the sample. `tenant` is a hash. */
  keeps(columns: SpanColumns, i: number, tenant: number): boolean {
    return this.isSampled(columns.traceId, i, tenant);
  }

  /** A call that a span makes; `caller` is the presence of its service, `edge` the subject of what it calls. */
  call(columns: SpanColumns, i: number, frame: Frame, caller: number, edge: number): void {
    const { table } = this;
    const endMs = columns.endMs[i] as number;
    const duration = columns.durationNs[i] as number;
    const parent = this.waiter(columns, i, frame.bucket);
    if (parent >= 0) table.addCall(parent, duration / 1e6, endMs - duration / 1e6, endMs);
    const own = this.own(columns, i, frame.bucket);
    if (own < 0) return;
    if (columns.kind[i] !== SpanKind.client) {
      this.messages.sent(own, edge, frame.bucket, columns.weight[i] as number);
      return;
    }
    table.callerNs[own] = duration;
    table.caller[own] = caller;
    table.callerSerial[own] = this.subjects.serial[caller] as number;
    table.edge[own] = edge;
    this.settleGap(own, frame, columns.weight[i] as number);
  }

  /** The callee's side of a call; `callee` is the subject of its service. */
  serve(columns: SpanColumns, i: number, frame: Frame, callee: number): void {
    const { table } = this;
    const call = this.spanOf(columns.parentSpanId, i, frame.bucket);
    if (call < 0) return;
    table.calleeNs[call] = columns.durationNs[i] as number;
    table.callee[call] = callee;
    table.serial[call] = this.subjects.serial[callee] as number;
    this.settleGap(call, frame, columns.weight[i] as number);
  }

  /** A message that was taken; `taker` is the subject of the service that did. */
  take(columns: SpanColumns, i: number, frame: Frame, taker: number): void {
    const message = this.spanOf(columns.parentSpanId, i, frame.bucket);
    if (message >= 0) this.messages.taken(message, taker, frame.bucket, columns, i);
  }

  /** Messages that a span leads to by its links: they were sent in traces of their own. Before what its own trace is asked for. */
  takeLinked(columns: SpanColumns, i: number, bucket: number, taker: number): void {
    const first = columns.linkStart[i] as number;
    const last = first + Math.min(MAX_LINKS, columns.linkCount[i] as number);
    for (let link = first; link < last; link++) {
      if (!this.isSampled(columns.linkTraceId, link)) continue;
      const message = this.spanOf(columns.linkSpanId, link, bucket);
      if (message >= 0) this.messages.taken(message, taker, bucket, columns, i);
    }
    this.keys.follow(columns.traceId, i);
  }

  /** An operation that was served: its own time is known later. */
  operation(columns: SpanColumns, i: number, frame: Frame, subject: number): void {
    const { served } = this;
    const duration = columns.durationNs[i] as number;
    if (!(duration >= 0)) return;
    const at = served.add();
    if (at < 0) {
      this.refuse();
      return;
    }
    served.subject[at] = subject;
    served.serial[at] = this.subjects.serial[subject] as number;
    served.bucket[at] = frame.bucket;
    served.low[at] = this.keys.low(columns.spanId, i);
    served.high[at] = this.keys.high(columns.spanId, i);
    served.durationNs[at] = duration;
    served.weight[at] = columns.weight[i] as number;
  }

  /** An inner span waits for its parent's sake. */
  inner(columns: SpanColumns, i: number, frame: Frame): void {
    const { table } = this;
    const own = this.own(columns, i, frame.bucket);
    if (own < 0) return;
    table.isInner[own] = 1;
    table.parentLow[own] = this.keys.low(columns.parentSpanId, i);
    table.parentHigh[own] = this.keys.high(columns.parentSpanId, i);
    if (table.callsMs[own] === 0) return;
    const waiter = this.waiter(columns, i, frame.bucket);
    if (waiter < 0) return;
    table.addCall(waiter, table.callsMs[own] as number, table.firstMs[own] as number, table.lastMs[own] as number);
    table.callsMs[own] = 0;
  }

  /** Before the bucket is judged: the own times of its operations. */
  close(frame: Frame): void {
    const { served, table, subjects, derived } = this;
    const isFull = this.refused > TOLERATED * this.touched;
    served.take(frame.bucket, (at) => {
      // Calls that found no room would be taken for work.
      if (isFull || this.wasFull) return;
      const operation = served.subject[at] as number;
      if (subjects.serial[operation] !== served.serial[at]) return;
      const known = table.find(served.low[at] as number, served.high[at] as number);
      const waited = known < 0 ? 0 : table.covered(known);
      // One that never waits for anybody takes all its time itself, and its latency says so.
      const subject = derived.of(operation, 'work', frame.bucket, waited > 0);
      const own = Math.max(0, (served.durationNs[at] as number) - waited * 1e6);
      if (subject >= 0) addDuration(frame, subject, own, served.weight[at] as number);
    });
    this.adapt(isFull);
  }

  private settleGap(call: number, frame: Frame, weight: number): void {
    const { table, subjects, derived } = this;
    const caller = table.callerNs[call] as number;
    const served = table.calleeNs[call] as number;
    if (!(caller >= 0) || !(served >= 0)) return;
    table.calleeNs[call] = -1;
    const callee = table.callee[call] as number;
    if (subjects.serial[callee] !== table.serial[call]) return;
    const from = table.caller[call] as number;
    if (subjects.serial[from] === table.callerSerial[call]) {
      const edge = table.edge[call] as number;
      this.links.seen(from, callee, edge, frame.bucket);
      this.links.calls.served(edge, served, weight);
    }
    const subject = derived.of(callee, 'hop', frame.bucket, true);
    if (subject >= 0) addDuration(frame, subject, Math.max(0, caller - served), weight);
  }

  /** Place of the nearest span above that is no inner one. */
  private waiter(columns: SpanColumns, i: number, bucket: number): number {
    const { table } = this;
    let low = this.keys.low(columns.parentSpanId, i);
    let high = this.keys.high(columns.parentSpanId, i);
    for (let hops = 0; hops < MAX_HOPS; hops++) {
      if (this.keys.isNone(low, high)) return -1;
      const at = this.place(low, high, bucket);
      if (at < 0 || table.isInner[at] === 0) return at;
      low = table.parentLow[at] as number;
      high = table.parentHigh[at] as number;
    }
    return -1;
  }

  /** From now on ids are of this trace. */
  private isSampled(traceIds: Uint8Array, at: number, tenant?: number): boolean {
    this.keys.follow(traceIds, at, tenant);
    return this.sample.has(this.keys.mixed);
  }

  private spanOf(ids: Uint8Array, at: number, bucket: number): number {
    const [low, high] = [this.keys.low(ids, at), this.keys.high(ids, at)];
    return this.keys.isNone(low, high) ? -1 : this.place(low, high, bucket);
  }

  private own({ spanId }: SpanColumns, i: number, bucket: number): number {
    return this.place(this.keys.low(spanId, i), this.keys.high(spanId, i), bucket);
  }

  private place(low: number, high: number, bucket: number): number {
    const at = this.table.place(low, high, bucket);
    if (at < 0) this.refuse();
    else this.touched++;
    return at;
  }

  private refuse(): void {
    this.refused++;
    this.unpaired.add(1);
  }

  private adapt(isFull: boolean): void {
    const { served, table } = this;
    const used = Math.max(this.touched / table.length, served.size / served.capacity);
    this.sample.adapt(used, isFull);
    this.wasFull = isFull;
    this.refused = 0;
    this.touched = 0;
  }
}
