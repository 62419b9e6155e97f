import { FAILED, type SpanColumns, SpanKind } from '../../model/columns.ts';
import { signals } from '../../model/signal.ts';
import type { Instance } from '../across/fleet.ts';
import type { Peers } from '../across/peers.ts';
import type { BucketWindow } from '../buckets/bucket-window.ts';
import type { Frame } from '../buckets/frame.ts';
import { copyTrace } from '../buckets/trace-ids.ts';
import type { SignalCounts } from '../intake-counts.ts';
import { DURATION_BINS, DURATIONS, durationBin } from '../metrics/distribution.ts';
import type { Source } from '../sources.ts';
import { NAMELESS, REFUSED } from '../subject-cache.ts';
import { CallSubjects, type CallSubjectsParts } from './call-subjects.ts';
import { hasError } from './error-types.ts';
import type { ServiceLinks } from './service-links.ts';
import type { SpanPairs } from './span-pairs.ts';

export interface SpanIntakeParts extends CallSubjectsParts {
  readonly window: BucketWindow;
  readonly counts: SignalCounts;
  readonly pairs: SpanPairs;
  readonly peers: Peers;
  readonly links: ServiceLinks;
}

const TRACES = signals.indexOf('traces');
/** Failed traces kept as examples in one bucket; later ones replace nothing. */
const FAILED_EXAMPLES = 3;

/**
 * Adds spans up as calls. What a service serves: SERVER and CONSUMER spans and local roots, for the service and for each
 * operation. What it calls: CLIENT and PRODUCER spans, for each peer. A span counts in the bucket of its end.
 */
export class SpanIntake {
  private readonly parts: SpanIntakeParts;
  private readonly callsOf: CallSubjects;

  constructor(parts: SpanIntakeParts) {
    this.parts = parts;
    this.callsOf = new CallSubjects(parts);
  }

  accept(columns: SpanColumns, sources: readonly Source[]): void {
    const { callsOf } = this;
    const { window, admission, counts, pairs, peers, links } = this.parts;
    const { count, resource, kind, endMs } = columns;
    callsOf.follow(columns.symbols);
    links.calls.startBatch();
    let touched = -1;
    let whole = -1;
    let late = -1;
    let touchedFrame: Frame | undefined;
    let instance: Instance | undefined;
    for (let i = 0; i < count; i++) {
      const source = sources[resource[i] as number] as Source;
      if (source.own) {
        counts.unscored.own.add(1);
        continue;
      }
      const frame = window.frameAt(endMs[i] as number);
      if (typeof frame === 'string') {
        counts.misplaced(frame);
        if (frame !== 'future' && late !== resource[i]) {
          late = resource[i] as number;
          admission.touchLate(source, 'traces', endMs[i] as number);
        }
        continue;
      }
      if (touched !== resource[i] || touchedFrame !== frame) {
        const presence = admission.touch(source, 'traces', frame, endMs[i] as number);
        whole = presence < 0 ? -1 : frame.find(presence);
        touched = resource[i] as number;
        touchedFrame = frame;
        instance = peers.instanceOf(source);
      }
      const kindOf = kind[i] as number;
      if (whole >= 0) frame.members[whole] = (frame.members[whole] as number) + 1;
      const paired = pairs.keeps(columns, i, source.tenantHash);
      if (kindOf === SpanKind.client || kindOf === SpanKind.producer) {
        const edge = callsOf.edge(columns, i, source, frame.bucket);
        this.add(frame, edge, columns, i);
        if (isSubject(edge)) {
          const failed = columns.statusCode[i] === FAILED;
          links.calls.called(edge, columns.durationNs[i] as number, failed, columns.weight[i] as number);
        }
        if (paired) pairs.call(columns, i, frame, source.presence[TRACES] as number, edge);
      } else if (kindOf === SpanKind.server || kindOf === SpanKind.consumer || isRoot(columns, i)) {
        const service = callsOf.service(source, frame.bucket);
        const operation = callsOf.operation(columns, i, source, frame.bucket);
        this.add(frame, service, columns, i);
        this.add(frame, operation, columns, i);
        if (instance !== undefined && isSubject(service)) {
          peers.call(instance, service, columns.durationNs[i] as number, columns.statusCode[i] === FAILED);
        }
        if (whole >= 0) countServed(frame, whole, columns.weight[i] as number);
        if (hasError(columns, i)) this.addError(frame, callsOf.failure(columns, i, source, frame.bucket), columns, i);
        if (kindOf === SpanKind.consumer && columns.linkCount[i] !== 0 && isSubject(service)) {
          pairs.takeLinked(columns, i, frame.bucket, service);
        }
        if (!paired) continue;
        if (kindOf === SpanKind.server && isSubject(service)) pairs.serve(columns, i, frame, service);
        if (kindOf === SpanKind.consumer && isSubject(service)) pairs.take(columns, i, frame, service);
        if (isSubject(operation)) pairs.operation(columns, i, frame, operation);
      } else if (paired) pairs.inner(columns, i, frame);
    }
  }

  private add(frame: Frame, subject: number, columns: SpanColumns, i: number): void {
    if (subject < 0 || subject >= NAMELESS) {
      if (subject === REFUSED) this.parts.counts.unscored.full.add(1);
      return;
    }
    const row = frame.row(subject);
    const weight = columns.weight[i] as number;
    const duration = columns.durationNs[i] as number;
    frame.events[row] = (frame.events[row] as number) + 1;
    frame.total[row] = (frame.total[row] as number) + weight;
    frame.heldEvents[row] = (frame.heldEvents[row] as number) + 1;
    frame.heldWeight[row] = (frame.heldWeight[row] as number) + weight;
    if (columns.statusCode[i] === FAILED) {
      const failures = (frame.failures[row] as number) + 1;
      frame.failures[row] = failures;
      frame.heldFailures[row] = (frame.heldFailures[row] as number) + 1;
      frame.heldFailedWeight[row] = (frame.heldFailedWeight[row] as number) + weight;
      if (failures <= FAILED_EXAMPLES) copyTrace(columns.traceId, i, frame.failedTrace, row);
    }
    if (duration > (frame.slowest[row] as number)) {
      frame.slowest[row] = duration;
      copyTrace(columns.traceId, i, frame.slowTrace, row);
    }
    const start = frame.binsOf(row, DURATION_BINS, DURATIONS);
    if (start < 0) return;
    const at = start + durationBin(duration);
    frame.bins[at] = (frame.bins[at] as number) + weight;
  }

  private addError(frame: Frame, subject: number, columns: SpanColumns, i: number): void {
    if (!isSubject(subject)) return;
    const row = frame.row(subject);
    frame.events[row] = (frame.events[row] as number) + 1;
    frame.heldFailures[row] = (frame.heldFailures[row] as number) + 1;
    frame.heldFailedWeight[row] = (frame.heldFailedWeight[row] as number) + (columns.weight[i] as number);
    if (frame.events[row] <= FAILED_EXAMPLES) copyTrace(columns.traceId, i, frame.failedTrace, row);
  }
}

function countServed(frame: Frame, whole: number, weight: number): void {
  frame.total[whole] = (frame.total[whole] as number) + 1;
  frame.sum[whole] = (frame.sum[whole] as number) + weight;
}

function isSubject(subject: number): boolean {
  return subject >= 0 && subject < NAMELESS;
}

function isRoot({ kind, parentSpanId }: SpanColumns, i: number): boolean {
  if (kind[i] !== SpanKind.internal && kind[i] !== 0) return false;
  for (let at = i * 8; at < i * 8 + 8; at++) if (parentSpanId[at] !== 0) return false;
  return true;
}
