import { spanAttributes, type SpanColumns } from '../../model/columns.ts';
import type { Admission } from '../admission.ts';
import type { BucketWindow } from '../buckets/bucket-window.ts';
import type { Frame } from '../buckets/frame.ts';
import { copyTrace } from '../buckets/trace-ids.ts';
import type { SignalCounts } from '../intake-counts.ts';
import { DURATION_BINS, DURATIONS, durationBin } from '../metrics/distribution.ts';
import { identityOf, type Source } from '../sources.ts';
import { Hasher, hashText } from '../state/hash64.ts';
import type { SubjectIdentity, SubjectStore } from '../state/subject-store.ts';
import { NAMELESS, REFUSED, SubjectCache } from '../subject-cache.ts';
import { kindNumber } from '../subject-kinds.ts';
import { edgeColumns, operationColumns, operationName, peerName, SpanKind } from './call-names.ts';

export interface SpanIntakeParts {
  readonly subjects: SubjectStore;
  readonly window: BucketWindow;
  readonly admission: Admission;
  readonly counts: SignalCounts;
  /** Operations, and peers, kept apart in one service; the others are added up as one. */
  readonly maxOperations: number;
}

const FAILED = 2;
/** Failed traces kept as examples in one bucket; later ones replace nothing. */
const FAILED_EXAMPLES = 3;
const width = spanAttributes.length;
const callsKind = kindNumber('calls');
const SERVICE = 1;
const OPERATION = 2;
const EDGE = 3;
const OTHERS = '(other)';

/**
 * Adds spans up as calls. What a service serves: SERVER and CONSUMER spans and local roots, for the service and for each
 * operation. What it calls: CLIENT and PRODUCER spans, for each peer. A span counts in the bucket of its end.
 */
export class SpanIntake {
  private readonly parts: SpanIntakeParts;
  private readonly cache: SubjectCache;
  private readonly hasher = new Hasher();
  private operations = new Map<string, number>();
  private operationsSince = 0;

  constructor(parts: SpanIntakeParts) {
    this.parts = parts;
    this.cache = new SubjectCache(parts.admission);
  }

  accept(columns: SpanColumns, sources: readonly Source[]): void {
    const { window, admission, counts } = this.parts;
    const { count, resource, kind, endMs } = columns;
    let touched = -1;
    let touchedFrame: Frame | undefined;
    for (let i = 0; i < count; i++) {
      const source = sources[resource[i] as number] as Source;
      if (source.own) {
        counts.unscored.own.add(1);
        continue;
      }
      const frame = window.frameAt(endMs[i] as number);
      if (typeof frame === 'string') {
        counts.misplaced(frame);
        continue;
      }
      if (touched !== resource[i] || touchedFrame !== frame) {
        admission.touch(source, 'traces', frame);
        touched = resource[i] as number;
        touchedFrame = frame;
      }
      const kindOf = kind[i] as number;
      if (kindOf === SpanKind.client || kindOf === SpanKind.producer) {
        this.add(frame, this.edge(columns, i, source, frame.bucket), columns, i);
      } else if (kindOf === SpanKind.server || kindOf === SpanKind.consumer || isRoot(columns, i)) {
        this.add(frame, this.service(source, frame.bucket), columns, i);
        this.add(frame, this.operation(columns, i, source, frame.bucket), columns, i);
      }
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

  private service(source: Source, bucket: number): number {
    const { low, high } = this.hasher.reset(source.id, SERVICE).mix(0, 0);
    const known = this.cache.get(low, high, bucket);
    if (known >= 0) return known;
    return this.remember(low, high, source, SERVICE, '', bucket, identityOf(source, 'traces'));
  }

  private operation(columns: SpanColumns, i: number, source: Source, bucket: number): number {
    this.hasher.reset(source.id, OPERATION).mix(columns.name[i] as number, 0);
    for (const at of operationColumns) this.hasher.mix(columns.projected[i * width + at] as number, at);
    const { low, high } = this.hasher;
    const known = this.cache.get(low, high, bucket);
    if (known >= 0) return known;
    const operation = this.bounded(operationName(columns, i), source, OPERATION);
    const identity = { ...identityOf(source, 'traces'), operation };
    return this.remember(low, high, source, OPERATION, operation, bucket, identity);
  }

  private edge(columns: SpanColumns, i: number, source: Source, bucket: number): number {
    this.hasher.reset(source.id, EDGE);
    for (const at of edgeColumns) this.hasher.mix(columns.projected[i * width + at] as number, at);
    const { low, high } = this.hasher;
    const known = this.cache.get(low, high, bucket);
    if (known >= 0) return known;
    const name = peerName(columns, i);
    if (name === '') {
      this.cache.set(low, high, NAMELESS, bucket);
      return NAMELESS;
    }
    const peer = this.bounded(name, source, EDGE);
    return this.remember(low, high, source, EDGE, peer, bucket, { ...identityOf(source, 'traces'), peer });
  }

  private remember(
    low: number,
    high: number,
    source: Source,
    what: number,
    name: string,
    bucket: number,
    identity: SubjectIdentity,
  ): number {
    const { subjects, admission } = this.parts;
    const text = hashText(name);
    const hash = this.hasher.reset(source.key.low, source.key.high).mix(callsKind, what).mix(text.low, text.high);
    const stable = { low: hash.low, high: hash.high };
    const found = subjects.find(stable.low, stable.high);
    const subject =
      found >= 0 ? found : admission.admit(stable.low, stable.high, callsKind, source, 'traces', bucket, identity);
    this.cache.set(low, high, subject, bucket);
    return subject;
  }

  /** The name, or the name of all others when this service has brought too many. */
  private bounded(name: string, source: Source, what: number): string {
    const { admission, maxOperations } = this.parts;
    if (this.operationsSince !== admission.evictions || this.operations.size > 100_000) {
      this.operations = new Map();
      this.operationsSince = admission.evictions;
    }
    const service = `${source.key.high}:${source.key.low}:${what}`;
    const key = `${service}:${name}`;
    if (this.operations.has(key)) return name;
    const seen = this.operations.get(service) ?? 0;
    if (seen >= maxOperations) return OTHERS;
    this.operations.set(service, seen + 1).set(key, 1);
    return name;
  }
}

function isRoot({ kind, parentSpanId }: SpanColumns, i: number): boolean {
  if (kind[i] !== SpanKind.internal && kind[i] !== 0) return false;
  for (let at = i * 8; at < i * 8 + 8; at++) if (parentSpanId[at] !== 0) return false;
  return true;
}
