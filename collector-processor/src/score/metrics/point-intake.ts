import { AggregationTemporality, pointKinds, type PointColumns, type ReadItemAttributes } from '../../model/columns.ts';
import type { Admission } from '../admission.ts';
import type { BucketWindow } from '../buckets/bucket-window.ts';
import type { Frame } from '../buckets/frame.ts';
import { copyTrace } from '../buckets/trace-ids.ts';
import type { SignalCounts } from '../intake-counts.ts';
import { isOwnMetric } from '../own-telemetry.ts';
import { identityOf, type Source } from '../sources.ts';
import { Hasher } from '../state/hash64.ts';
import { LIGHT, type StreamStore, UNSUITABLE } from '../state/stream-store.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { kindNumber } from '../subject-kinds.ts';
import { SymbolHashes } from '../symbol-hashes.ts';
import { type Advance, advance } from './cumulative.ts';
import { DistributionIntake } from './distribution-intake.ts';
import { LightTier } from './light-tier.ts';
import { halvesToMs, nanoHalves } from './nano-halves.ts';

export interface PointIntakeParts {
  readonly subjects: SubjectStore;
  readonly streams: StreamStore;
  readonly window: BucketWindow;
  readonly admission: Admission;
  readonly counts: SignalCounts;
  readonly readAttributes: ReadItemAttributes;
  readonly idleMs: number;
}

const NO_RECORDED_VALUE = 1;
const GAUGE = pointKinds.indexOf('gauge');
const SUM = pointKinds.indexOf('sum');
const SUMMARY = pointKinds.indexOf('summary');
const subjectKind = { gauge: kindNumber('gauge'), sum: kindNumber('sum') };
const histogramKind = kindNumber('histogram');
const summaryKind = kindNumber('summary');
/** Longest step, an hour of 10 s buckets. */
const MAX_STEP = 360;

/**
 * Adds metric points up. A gauge counts as it is; a sum as what it adds in its time; a histogram as both, with its
 * buckets. Streams that differ only in the instance count for one series.
 */
export class PointIntake {
  private readonly parts: PointIntakeParts;
  private readonly names = new SymbolHashes(isOwnMetric);
  private readonly hasher = new Hasher();
  private readonly moved: Advance = { delta: NaN, seconds: 0, reset: false };
  private readonly distributions: DistributionIntake;
  private readonly light: LightTier;

  constructor(parts: PointIntakeParts) {
    this.parts = parts;
    this.distributions = new DistributionIntake(parts.streams);
    this.light = new LightTier(parts.streams);
  }

  get boundsOf(): (id: number) => Float64Array {
    return this.distributions.boundsOf;
  }

  accept(columns: PointColumns, sources: readonly Source[]): void {
    const { window, admission, counts } = this.parts;
    const { count, resource, metricName, attributesLow, attributesHigh, timeMs, flags } = columns;
    const starts = nanoHalves(columns.startNano);
    this.names.follow(columns.symbols);
    let touched = -1;
    let touchedFrame: Frame | undefined;
    for (let i = 0; i < count; i++) {
      const source = sources[resource[i] as number] as Source;
      const name = metricName[i] as number;
      if (source.own || this.names.ignored(name) || ((flags[i] as number) & NO_RECORDED_VALUE) !== 0) continue;
      const { low: memberLow, high: memberHigh } = source.member;
      const hasher = this.hasher.reset(memberLow, memberHigh).mix(this.names.low(name), this.names.high(name));
      hasher.mix(attributesLow[i] as number, attributesHigh[i] as number);
      const frame = window.frameAt(timeMs[i] as number);
      if (frame === 'future') {
        counts.misplaced(frame);
        continue;
      }
      const stream = this.stream(hasher.low, hasher.high, timeMs[i] as number);
      if (stream < 0 || !this.isNews(stream, columns, i)) continue;
      const value = this.valueOf(stream, columns, i, halvesToMs(starts, i));
      if (typeof frame === 'string') {
        counts.misplaced(frame);
        continue;
      }
      if (touched !== resource[i] || touchedFrame !== frame) {
        admission.touch(source, 'metrics', frame);
        touched = resource[i] as number;
        touchedFrame = frame;
      }
      this.add(stream, frame, columns, i, source, value);
    }
  }

  private stream(low: number, high: number, timeMs: number): number {
    const { streams, counts, idleMs } = this.parts;
    const found = streams.find(low, high);
    if (found >= 0) return found;
    const added = streams.add(low, high, timeMs - idleMs);
    if (added < 0) counts.unscored.streams.add(1);
    return added;
  }

  /** False for a point that came before. Moves the stream's cadence. */
  private isNews(stream: number, { timeMs }: PointColumns, i: number): boolean {
    const { streams, counts } = this.parts;
    const time = timeMs[i] as number;
    if (time <= (streams.lastTimeMs[stream] as number)) {
      counts.unscored.repeated.add(1);
      return false;
    }
    streams.learnCadence(stream, time);
    return true;
  }

  /** The gauge's value, or what a sum or histogram added; NaN when the point only sets a base. Moves the stream on. */
  private valueOf(stream: number, columns: PointColumns, i: number, startMs: number): number {
    const { streams } = this.parts;
    const kind = columns.kind[i] as number;
    const time = columns.timeMs[i] as number;
    const reading = (kind === GAUGE || kind === SUM ? columns.value[i] : columns.sampleCount[i]) as number;
    const { moved } = this;
    if (kind === GAUGE || (kind === SUM && columns.monotonic[i] === 0)) {
      moved.delta = reading;
      moved.seconds = 0;
    } else if (columns.temporality[i] === AggregationTemporality.delta) {
      const last = streams.lastTimeMs[stream] as number;
      const since = startMs > 0 && startMs < time ? startMs : last;
      moved.delta = since > 0 ? reading : NaN;
      moved.seconds = (time - since) / 1000;
    } else {
      advance(streams, stream, startMs, time, reading, moved);
    }
    streams.lastTimeMs[stream] = time;
    return moved.delta;
  }

  private add(stream: number, frame: Frame, columns: PointColumns, i: number, source: Source, value: number): void {
    const { streams, counts } = this.parts;
    const subject = this.subject(stream, frame, columns, i, source, value);
    if (subject < 0) return;
    if ((streams.conflicts[stream] as number) > UNSUITABLE) counts.unscored.unsuitable.add(1);
    if (Number.isNaN(value)) return;
    const row = frame.row(subject);
    frame.events[row] = (frame.events[row] as number) + 1;
    frame.total[row] = (frame.total[row] as number) + value;
    frame.seconds[row] = (frame.seconds[row] as number) + this.moved.seconds;
    if (streams.lastBucket[stream] !== frame.bucket) {
      streams.lastBucket[stream] = frame.bucket;
      frame.members[row] = (frame.members[row] as number) + 1;
    }
    const kind = columns.kind[i] as number;
    if (kind !== GAUGE && kind !== SUM) this.distributions.add(stream, frame, row, columns, i, this.moved);
    if ((columns.exemplarCount[i] as number) > 0 && frame.slowest[row] === 0) {
      copyTrace(columns.exemplarTraceId, columns.exemplarStart[i] as number, frame.slowTrace, row);
      frame.slowest[row] = 1;
    }
  }

  /** The subject that a stream counts for; -1 while it has none. */
  private subject(
    stream: number,
    frame: Frame,
    columns: PointColumns,
    i: number,
    source: Source,
    value: number,
  ): number {
    const { streams, subjects } = this.parts;
    const known = streams.subject[stream] as number;
    if (known >= 0 && subjects.serial[known] === streams.subjectSerial[stream]) {
      this.follow(stream, known);
      return known;
    }
    const wants = subjects.hasRoom || this.light.isWorth(stream, value);
    const subject = wants ? this.join(frame, columns, i, source) : LIGHT;
    streams.subject[stream] = subject;
    if (subject >= 0) streams.subjectSerial[stream] = subjects.serial[subject] as number;
    else if (!subjects.hasRoom) this.light.learn(stream, value);
    return subject;
  }

  private join(frame: Frame, columns: PointColumns, i: number, source: Source): number {
    const { subjects, admission, readAttributes } = this.parts;
    const name = columns.metricName[i] as number;
    const kind = kindOf(columns, i);
    const pointKind = pointKinds[columns.kind[i] as number];
    const hash = this.hasher.reset(source.key.low, source.key.high).mix(this.names.low(name), this.names.high(name));
    hash.mix(columns.attributesLow[i] as number, columns.attributesHigh[i] as number).mix(kind, 0);
    const { low, high } = hash;
    const found = subjects.find(low, high);
    if (found >= 0) return found;
    const identity = {
      ...identityOf(source, 'metrics'),
      metric: columns.symbols.text(name),
      unit: columns.symbols.text(columns.metricUnit[i] as number),
      ...(pointKind === undefined ? {} : { pointKind }),
      attributes: Object.fromEntries(readAttributes(columns, i)),
    };
    return admission.admit(low, high, kind, source, 'metrics', frame.bucket, identity);
  }

  /** The step of a series follows the cadence of its streams, and so do conflicts of writers. */
  private follow(stream: number, subject: number): void {
    const { streams, subjects, window } = this.parts;
    const step = Math.max(1, Math.min(MAX_STEP, Math.round((streams.cadenceMs[stream] as number) / window.bucketMs)));
    const current = subjects.step[subject] as number;
    if (step !== current && Math.abs(step - current) > 0.25 * current) subjects.step[subject] = step;
    const conflicts = Math.max(streams.conflicts[stream] as number, (subjects.conflicts[subject] as number) - 1);
    subjects.conflicts[subject] = Math.max(0, conflicts);
  }
}

function kindOf({ kind, monotonic }: PointColumns, i: number): number {
  if (kind[i] === GAUGE || (kind[i] === SUM && monotonic[i] === 0)) return subjectKind.gauge;
  if (kind[i] === SUM) return subjectKind.sum;
  return kind[i] === SUMMARY ? summaryKind : histogramKind;
}
