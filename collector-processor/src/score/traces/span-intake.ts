import { spanAttributes, type SpanColumns } from '../../model/columns.ts';
import type { Hash64 } from '../../model/resource.ts';
import { signals } from '../../model/signal.ts';
import { OVERFLOW_TEXT } from '../../model/symbols.ts';
import type { Admission } from '../admission.ts';
import type { BucketWindow } from '../buckets/bucket-window.ts';
import type { Frame } from '../buckets/frame.ts';
import { copyTrace } from '../buckets/trace-ids.ts';
import type { Crowd, CrowdedServices } from '../crowded-services.ts';
import type { SignalCounts } from '../intake-counts.ts';
import { DURATION_BINS, DURATIONS, durationBin } from '../metrics/distribution.ts';
import { identityOf, type Source } from '../sources.ts';
import { Hasher, hashText } from '../state/hash64.ts';
import type { SubjectIdentity, SubjectStore } from '../state/subject-store.ts';
import { NAMELESS, REFUSED, SubjectCache } from '../subject-cache.ts';
import { kindNumber } from '../subject-kinds.ts';
import { edgeColumns, operationColumns, operationName, peerName, SpanKind } from './call-names.ts';
import { CallQuota } from './call-quota.ts';
import type { SpanPairs } from './span-pairs.ts';

export interface SpanIntakeParts {
  readonly subjects: SubjectStore;
  readonly window: BucketWindow;
  readonly admission: Admission;
  readonly counts: SignalCounts;
  /** Operations, and peers, kept apart in one service; the others are added up as one. */
  readonly maxOperations: number;
  readonly crowded: CrowdedServices;
  readonly pairs: SpanPairs;
}

const FAILED = 2;
/** Failed traces kept as examples in one bucket; later ones replace nothing. */
const FAILED_EXAMPLES = 3;
const width = spanAttributes.length;
const callsKind = kindNumber('calls');
const SERVICE = 1;
const OPERATION = 2;
const EDGE = 3;
const TRACES = signals.indexOf('traces');

/**
 * Adds spans up as calls. What a service serves: SERVER and CONSUMER spans and local roots, for the service and for each
 * operation. What it calls: CLIENT and PRODUCER spans, for each peer. A span counts in the bucket of its end.
 */
export class SpanIntake {
  private readonly parts: SpanIntakeParts;
  private readonly cache: SubjectCache;
  private readonly hasher = new Hasher();
  private readonly quota: CallQuota;

  constructor(parts: SpanIntakeParts) {
    this.parts = parts;
    this.cache = new SubjectCache(parts.admission);
    this.quota = new CallQuota(parts.subjects, parts.admission, parts.maxOperations);
  }

  accept(columns: SpanColumns, sources: readonly Source[]): void {
    const { window, admission, counts, pairs } = this.parts;
    const { count, resource, kind, endMs } = columns;
    this.cache.follow(columns.symbols);
    let touched = -1;
    let late = -1;
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
        if (frame !== 'future' && late !== resource[i]) {
          late = resource[i] as number;
          admission.touchLate(source, 'traces', endMs[i] as number);
        }
        continue;
      }
      if (touched !== resource[i] || touchedFrame !== frame) {
        admission.touch(source, 'traces', frame, endMs[i] as number);
        touched = resource[i] as number;
        touchedFrame = frame;
      }
      const kindOf = kind[i] as number;
      const paired = pairs.keeps(columns, i);
      if (kindOf === SpanKind.client || kindOf === SpanKind.producer) {
        this.add(frame, this.edge(columns, i, source, frame.bucket), columns, i);
        if (paired) pairs.call(columns, i, frame);
      } else if (kindOf === SpanKind.server || kindOf === SpanKind.consumer || isRoot(columns, i)) {
        const service = this.service(source, frame.bucket);
        const operation = this.operation(columns, i, source, frame.bucket);
        this.add(frame, service, columns, i);
        this.add(frame, operation, columns, i);
        if (!paired) continue;
        if (kindOf === SpanKind.server && isSubject(service)) pairs.serve(columns, i, frame, service);
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

  private service(source: Source, bucket: number): number {
    const { low, high } = this.hasher.reset(source.id, SERVICE).mix(0, 0);
    const known = this.cache.get(low, high, bucket);
    if (known >= 0) return known;
    const { low: stableLow, high: stableHigh } = this.stable(source, SERVICE, '');
    const subject = this.place(stableLow, stableHigh, source, bucket, identityOf(source, 'traces'));
    this.cache.set(low, high, subject, bucket);
    return subject;
  }

  private operation(columns: SpanColumns, i: number, source: Source, bucket: number): number {
    this.hasher.reset(source.id, OPERATION).mix(columns.name[i] as number, 0);
    for (const at of operationColumns) this.hasher.mix(columns.projected[i * width + at] as number, at);
    const { low, high } = this.hasher;
    const known = this.cache.get(low, high, bucket);
    if (known >= 0) return known;
    const subject = this.named(source, 'operations', operationName(columns, i), bucket);
    this.cache.set(low, high, subject, bucket);
    return subject;
  }

  private edge(columns: SpanColumns, i: number, source: Source, bucket: number): number {
    this.hasher.reset(source.id, EDGE);
    for (const at of edgeColumns) this.hasher.mix(columns.projected[i * width + at] as number, at);
    const { low, high } = this.hasher;
    const known = this.cache.get(low, high, bucket);
    if (known >= 0) return known;
    const name = peerName(columns, i);
    const subject = name === '' ? NAMELESS : this.named(source, 'peers', name, bucket);
    this.cache.set(low, high, subject, bucket);
    return subject;
  }

  /** The subject of an operation or peer, or that of all others when its service holds too many. */
  private named(source: Source, what: Crowd, wanted: string, bucket: number): number {
    const { subjects, crowded } = this.parts;
    const isOperation = what === 'operations';
    const kind = isOperation ? OPERATION : EDGE;
    let name = wanted;
    let { low, high } = this.stable(source, kind, name);
    const presence = source.presence[TRACES] as number;
    const isNew = subjects.find(low, high) < 0;
    if (isNew && name !== OVERFLOW_TEXT && !this.quota.hasRoom(presence, what, bucket)) {
      crowded.note(what, source);
      name = OVERFLOW_TEXT;
      ({ low, high } = this.stable(source, kind, name));
    }
    const identity = { ...identityOf(source, 'traces'), ...(isOperation ? { operation: name } : { peer: name }) };
    const subject = this.place(low, high, source, bucket, identity);
    if (isNew && name !== OVERFLOW_TEXT && subject >= 0) this.quota.took(presence, what);
    return subject;
  }

  /** Hash that stays over restarts. */
  private stable(source: Source, what: number, name: string): Hash64 {
    const text = hashText(name);
    const hash = this.hasher.reset(source.key.low, source.key.high).mix(callsKind, what).mix(text.low, text.high);
    return { low: hash.low, high: hash.high };
  }

  private place(low: number, high: number, source: Source, bucket: number, identity: SubjectIdentity): number {
    const { subjects, admission } = this.parts;
    const found = subjects.find(low, high);
    return found >= 0 ? found : admission.admit(low, high, callsKind, source, 'traces', bucket, identity);
  }
}

function isSubject(subject: number): boolean {
  return subject >= 0 && subject < NAMELESS;
}

function isRoot({ kind, parentSpanId }: SpanColumns, i: number): boolean {
  if (kind[i] !== SpanKind.internal && kind[i] !== 0) return false;
  for (let at = i * 8; at < i * 8 + 8; at++) if (parentSpanId[at] !== 0) return false;
  return true;
}
