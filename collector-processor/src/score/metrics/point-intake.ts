import { AggregationTemporality, pointKinds, type PointColumns, type ReadItemAttributes } from '../../model/columns.ts';
import type { Instance } from '../across/fleet.ts';
import type { Peers } from '../across/peers.ts';
import type { Admission } from '../admission.ts';
import type { BucketWindow } from '../buckets/bucket-window.ts';
import type { Frame } from '../buckets/frame.ts';
import { copyTrace } from '../buckets/trace-ids.ts';
import type { CrowdedServices } from '../crowded-services.ts';
import type { SignalCounts } from '../intake-counts.ts';
import { isScoreMetric, scoreMetricWhy } from '../own-telemetry.ts';
import type { SkippedTelemetry } from '../skipped.ts';
import { identityOf, type Source } from '../sources.ts';
import { Hasher } from '../state/hash64.ts';
import { LIGHT, StreamNumber, type StreamStore, UNSUITABLE } from '../state/stream-store.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { SymbolHashes } from '../symbol-hashes.ts';
import { type Advance, advance } from './cumulative.ts';
import { DistributionIntake } from './distribution-intake.ts';
import { followCadence } from './follow-cadence.ts';
import type { LightKinds } from './light-kinds.ts';
import { LightTier } from './light-tier.ts';
import { halvesToMs, nanoHalves } from './nano-halves.ts';
import { GAUGE, kindOf, SUM } from './point-kinds.ts';

export interface PointIntakeParts {
  readonly subjects: SubjectStore;
  readonly streams: StreamStore;
  readonly window: BucketWindow;
  readonly admission: Admission;
  readonly counts: SignalCounts;
  readonly readAttributes: ReadItemAttributes;
  readonly idleMs: number;
  readonly peers: Peers;
  readonly skipped: SkippedTelemetry;
  readonly lightKinds: LightKinds;
  readonly crowded: CrowdedServices;
}

const NO_RECORDED_VALUE = 1;

/**
 * Adds metric points up. A gauge counts as it is; a sum as what it adds in its time; a histogram as both, with its
 * buckets. Streams that differ only in the instance count for one series.
 */
export class PointIntake {
  private readonly parts: PointIntakeParts;
  private readonly streams: StreamStore;
  private readonly subjects: SubjectStore;
  private readonly names = new SymbolHashes(isScoreMetric);
  private readonly hasher = new Hasher();
  private readonly moved: Advance = { delta: NaN, seconds: 0, reset: false, restarted: false };
  private readonly distributions: DistributionIntake;
  private readonly light: LightTier;
  /** Of the source at hand, where it has peers. */
  private instance: Instance | undefined;

  constructor(parts: PointIntakeParts) {
    this.parts = parts;
    this.streams = parts.streams;
    this.subjects = parts.subjects;
    this.distributions = new DistributionIntake(parts.streams);
    this.light = new LightTier(parts.streams);
  }

  get boundsOf(): (id: number) => Float64Array {
    return this.distributions.boundsOf;
  }

  accept(columns: PointColumns, sources: readonly Source[]): void {
    const { window, admission, counts, peers } = this.parts;
    const { names, hasher } = this;
    const { count, resource, metricName, attributesLow, attributesHigh, timeMs, flags } = columns;
    const starts = nanoHalves(columns.startNano);
    names.follow(columns.symbols);
    let source: Source | undefined;
    let sourceRow = -1;
    let late = -1;
    let name = -1;
    let seenFrame: Frame | undefined;
    for (let i = 0; i < count; i++) {
      if (resource[i] !== sourceRow) {
        sourceRow = resource[i] as number;
        source = sources[sourceRow];
        seenFrame = undefined;
        name = -1;
      }
      if (source === undefined || ((flags[i] as number) & NO_RECORDED_VALUE) !== 0) continue;
      if (source.own) {
        counts.unscored.own.add(1);
        continue;
      }
      if (metricName[i] !== name) {
        name = metricName[i] as number;
        names.choose(name);
        if (names.ignored) this.tellSkipped(columns.symbols.text(name), source);
      }
      if (names.ignored) {
        counts.unscored.scoreSeries.add(1);
        continue;
      }
      const time = timeMs[i] as number;
      const frame = window.frameAt(time);
      if (frame === 'future') {
        counts.misplaced(frame);
        continue;
      }
      hasher.reset(source.member.low, source.member.high).mix(names.low, names.high);
      hasher.mix(attributesLow[i] as number, attributesHigh[i] as number);
      const stream = this.stream(hasher.low, hasher.high, time, source);
      if (stream < 0 || !this.moveOn(stream, columns, i, halvesToMs(starts, i))) continue;
      if (typeof frame === 'string') {
        counts.misplaced(frame);
        if ((columns.kind[i] as number) > SUM) this.distributions.setBase(stream, columns, i);
        if (late !== sourceRow) admission.touchLate(source, 'metrics', time);
        late = sourceRow;
        continue;
      }
      if (seenFrame !== frame) {
        admission.touch(source, 'metrics', frame, time);
        seenFrame = frame;
        this.instance = peers.instanceOf(source);
      }
      this.add(stream, frame, columns, i, source);
    }
  }

  private tellSkipped(title: string, { tenant, resource: { service } }: Source): void {
    this.parts.skipped.note({ tenant, service, title, why: scoreMetricWhy });
  }

  private stream(low: number, high: number, timeMs: number, source: Source): number {
    const found = this.streams.find(low, high);
    if (found >= 0) return found;
    const { counts, idleMs, crowded } = this.parts;
    const added = this.streams.add(low, high, timeMs - idleMs);
    if (added >= 0) return added;
    counts.unscored.streams.add(1);
    crowded.noteNoPlace('metric streams', source.tenant, source.resource.service);
    return added;
  }

  /**
   * Moves a stream on to a point: `moved` then holds the gauge's value, or what a sum or histogram added (NaN when the
   * point only sets a base). False for a point that came before.
   */
  private moveOn(stream: number, columns: PointColumns, i: number, startMs: number): boolean {
    const { streams, moved } = this;
    const at = streams.at(stream) + StreamNumber.lastTimeMs;
    const last = streams.numbers[at] as number;
    const time = columns.timeMs[i] as number;
    if (time <= last) {
      this.parts.counts.unscored.repeated.add(1);
      return false;
    }
    streams.learnCadence(stream, time);
    moved.restarted = false;
    const kind = columns.kind[i] as number;
    const reading = (kind === GAUGE || kind === SUM ? columns.value[i] : columns.sampleCount[i]) as number;
    if (kind === GAUGE || (kind === SUM && columns.monotonic[i] === 0)) {
      moved.delta = reading;
      moved.seconds = 0;
    } else if (columns.temporality[i] === AggregationTemporality.delta) {
      const since = startMs > 0 && startMs < time ? startMs : last;
      moved.delta = since > 0 ? reading : NaN;
      moved.seconds = (time - since) / 1000;
    } else {
      advance(streams, stream, startMs, time, reading, moved);
    }
    streams.numbers[at] = time;
    return true;
  }

  private add(stream: number, frame: Frame, columns: PointColumns, i: number, source: Source): void {
    const { streams, moved, subjects } = this;
    const subject = this.subject(stream, frame, columns, i, source);
    if (subject < 0) return;
    if (moved.restarted) subjects.newcomer[subjects.presence[subject] as number] = frame.bucket;
    if ((streams.conflicts[stream] as number) > UNSUITABLE) this.parts.counts.unscored.unsuitable.add(1);
    const kind = columns.kind[i] as number;
    if (Number.isNaN(moved.delta)) {
      if (kind > SUM) this.distributions.setBase(stream, columns, i);
      return;
    }
    const row = frame.row(subject);
    frame.events[row] = (frame.events[row] as number) + 1;
    frame.total[row] = (frame.total[row] as number) + moved.delta;
    frame.seconds[row] = (frame.seconds[row] as number) + moved.seconds;
    const last = streams.at(stream) + StreamNumber.lastBucket;
    const isSecond = (streams.numbers[last] as number) >= subjects.startOfStep(subject, frame.bucket);
    if (!isSecond) frame.members[row] = (frame.members[row] as number) + 1;
    streams.numbers[last] = frame.bucket;
    const before = frame.sum[row] as number;
    if (kind > SUM) this.distributions.add(stream, frame, row, columns, i, moved);
    const { instance } = this;
    if (instance !== undefined)
      this.parts.peers.point(instance, subject, moved.delta, moved.seconds, (frame.sum[row] as number) - before);
    if (columns.exemplarCount[i] === 0 || frame.slowest[row] !== 0) return;
    copyTrace(columns.exemplarTraceId, columns.exemplarStart[i] as number, frame.slowTrace, row);
    frame.slowest[row] = 1;
  }

  /** The subject that a stream counts for; -1 while it has none. */
  private subject(stream: number, frame: Frame, columns: PointColumns, i: number, source: Source): number {
    const { streams, subjects, light, moved } = this;
    const known = streams.subject[stream] as number;
    if (known >= 0 && subjects.serial[known] === streams.subjectSerial[stream]) {
      followCadence(streams, subjects, stream, known, this.parts.window.bucketMs);
      return known;
    }
    const wants = subjects.hasRoom || light.isWorth(stream, moved.delta);
    const subject = wants ? this.join(frame, columns, i, source) : LIGHT;
    streams.subject[stream] = subject;
    if (subject >= 0) streams.subjectSerial[stream] = subjects.serial[subject] as number;
    else if (!subjects.hasRoom) {
      light.learn(stream, moved.delta);
      if (!this.parts.lightKinds.isNamed(stream)) this.nameLight(stream, columns, i, source);
    }
    return subject;
  }

  private nameLight(stream: number, columns: PointColumns, i: number, source: Source): void {
    const { tenant, resource } = source;
    const metric = columns.symbols.text(columns.metricName[i] as number);
    this.parts.lightKinds.name(stream, { tenant, service: resource.service, metric });
  }

  private join(frame: Frame, columns: PointColumns, i: number, source: Source): number {
    const { admission, readAttributes } = this.parts;
    const { subjects, names } = this;
    const kind = kindOf(columns, i);
    const pointKind = pointKinds[columns.kind[i] as number];
    const hash = this.hasher.reset(source.key.low, source.key.high).mix(names.low, names.high);
    hash.mix(columns.attributesLow[i] as number, columns.attributesHigh[i] as number).mix(kind, 0);
    const { low, high } = hash;
    const found = subjects.find(low, high);
    if (found >= 0) return found;
    const identity = {
      ...identityOf(source, 'metrics'),
      metric: columns.symbols.text(columns.metricName[i] as number),
      unit: columns.symbols.text(columns.metricUnit[i] as number),
      ...(pointKind === undefined ? {} : { pointKind }),
      attributes: Object.fromEntries(readAttributes(columns, i)),
    };
    return admission.admit(low, high, kind, source, 'metrics', frame.bucket, identity);
  }
}
