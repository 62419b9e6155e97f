import type { LogColumns } from '../../model/columns.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { Frame } from '../buckets/frame.ts';
import { copyTrace } from '../buckets/trace-ids.ts';
import type { DerivedSubjects } from '../derived-subjects.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { KnownShapes } from './known-shapes.ts';
import { LinePairs } from './line-pairs.ts';
import { threadOf, TraceLines } from './trace-lines.ts';

interface Known {
  readonly serial: number;
  readonly shapes: KnownShapes;
  readonly pairs: LinePairs;
  bucket: number;
}

export interface TraceShapesParts {
  /** Traces whose lines are counted at once. */
  readonly maxWatchedTraces: number;
  /** Buckets of a service that say what is usual. */
  readonly learningBuckets: number;
  readonly subjects: SubjectStore;
  readonly derived: DerivedSubjects;
  readonly metrics: SelfMetrics;
}

/** Services whose traces are compared; about 18 KiB each. */
const MAX_SERVICES = 2_000;
/** Buckets without a trace after which a service gives its place away. */
const IDLE = 360;
const MAX_HALVINGS = 20;
const CROWDED = 0.6;
const SPARE = 0.15;

/**
 * Traces (or sessions, where records have no trace) whose lines are unlike those of all others: the vector of how often each
 * kind of line came, against the known ones of the service, and two kinds that often come and never came together. A sample of whole traces, half as many whenever there are
 * too many. A trace is over when a bucket has closed in which it brought nothing. Learned anew after a restart.
 */
export class TraceShapes {
  private readonly parts: TraceShapesParts;
  private readonly lines: TraceLines;
  private readonly known = new Map<number, Known>();
  private readonly unwatched: Counter;
  private readonly unseenPairs: Counter;
  private halvings = 0;
  private refused = 0;
  private searched = -1;

  constructor(parts: TraceShapesParts) {
    this.parts = parts;
    this.lines = new TraceLines(parts.maxWatchedTraces);
    const help = 'Traces whose lines found no room to be counted, or their service none to be compared.';
    this.unwatched = parts.metrics.counter({ name: 'sentinel_traces_unwatched_total', help });
    const pairs = 'Traces with two usual kinds of lines that had never come together in one.';
    this.unseenPairs = parts.metrics.counter({ name: 'sentinel_traces_with_unseen_pairs_total', help: pairs });
    const share = 'Share of traces whose log lines are compared with those of others.';
    parts.metrics.gauge({ name: 'sentinel_watched_trace_share', help: share }, () => 2 ** -this.halvings);
  }

  /** Counts a line of this kind; `presence` is that of the logs of its service. */
  note(columns: LogColumns, i: number, kind: number, presence: number, bucket: number): void {
    const thread = threadOf(columns, i);
    if (thread === 0 || (this.halvings > 0 && Math.imul(thread, 0x9e3779b1) >>> (32 - this.halvings) !== 0)) return;
    const { lines } = this;
    const at = lines.place(columns, i, thread, presence);
    if (at < 0) {
      this.refused++;
      this.unwatched.add(1);
      return;
    }
    lines.serial[at] = this.parts.subjects.serial[presence] as number;
    lines.bucket[at] = bucket;
    lines.add(at, kind);
  }

  /** Before the bucket is judged: the traces that are over count in it. */
  close(frame: Frame): void {
    const { lines } = this;
    let used = 0;
    for (let at = 0; at < lines.places; at++) {
      if (lines.presence[at] === -1) continue;
      used++;
      if ((lines.bucket[at] as number) >= frame.bucket) continue;
      this.finish(at, frame);
      lines.free(at);
    }
    if (this.refused > 0 || used > CROWDED * lines.places) this.halvings = Math.min(MAX_HALVINGS, this.halvings + 1);
    else if (used < SPARE * lines.places && this.halvings > 0) this.halvings--;
    this.refused = 0;
  }

  private finish(at: number, frame: Frame): void {
    const { subjects, derived, learningBuckets } = this.parts;
    const { lines } = this;
    const presence = lines.presence[at] as number;
    if (subjects.serial[presence] !== lines.serial[at]) return;
    const known = this.knownOf(presence, frame.bucket);
    if (known === undefined) {
      this.unwatched.add(1);
      return;
    }
    const subject = derived.of(presence, 'shape', frame.bucket, true);
    if (subject < 0) return;
    const row = frame.row(subject);
    frame.heldEvents[row] = (frame.heldEvents[row] as number) + 1;
    frame.heldWeight[row] = (frame.heldWeight[row] as number) + 1;
    const hasUnseenPair = known.pairs.isUnseen(lines, at, frame.bucket, learningBuckets);
    if (hasUnseenPair) this.unseenPairs.add(1);
    if (!known.shapes.isOdd(lines, at, frame.bucket, learningBuckets) && !hasUnseenPair) return;
    frame.heldFailures[row] = (frame.heldFailures[row] as number) + 1;
    frame.heldFailedWeight[row] = (frame.heldFailedWeight[row] as number) + 1;
    copyTrace(lines.traceId, at, frame.failedTrace, row);
  }

  /** Undefined without room: who pushed another out would never have learned when its own turn comes. */
  private knownOf(presence: number, bucket: number): Known | undefined {
    const serial = this.parts.subjects.serial[presence] as number;
    const known = this.known.get(presence);
    if (known?.serial === serial) {
      known.bucket = bucket;
      return known;
    }
    if (known === undefined && this.known.size >= MAX_SERVICES && !this.makeRoom(bucket)) return undefined;
    const made = { serial, shapes: new KnownShapes(bucket), pairs: new LinePairs(bucket), bucket };
    this.known.set(presence, made);
    return made;
  }

  /** Looked for once a bucket. */
  private makeRoom(bucket: number): boolean {
    if (this.searched === bucket) return false;
    this.searched = bucket;
    for (const [presence, known] of this.known) if (bucket - known.bucket > IDLE) this.known.delete(presence);
    return this.known.size < MAX_SERVICES;
  }
}
