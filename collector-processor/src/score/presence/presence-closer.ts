import type { EventSeries } from '../event-series.ts';
import type { Reading } from '../reading.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import type { Deliveries } from './deliveries.ts';
import type { RandomGaps } from './random-gaps.ts';
import type { ServiceSignals } from './service-signals.ts';

export interface PresenceCloserParts {
  readonly subjects: SubjectStore;
  readonly services: ServiceSignals;
  readonly deliveries: Deliveries;
  readonly gaps: RandomGaps;
  readonly bucketMs: number;
  readonly silentSteps: number;
  readonly events: EventSeries;
  readonly learningSteps: number;
  readonly take: (subject: number, measure: number, value: number) => void;
}

/** Weight of the newest gap in the cadence of a source, and how much one long gap may count. */
const CADENCE_RATE = 0.1;
const LONG_GAP = 4;
const MAX_IDLE = 65_535;
const NANOSECONDS = 1e6;
const SILENCE = 0;

/**
 * A source is silent by its own cadence: `idle` counts buckets without data, a step is the usual gap between those with
 * data (negative after the first one, before there was a gap). What comes too late to be scored is no silence, nor is a gap
 * that chance gives where few items come.
 */
export class PresenceCloser {
  private readonly parts: PresenceCloserParts;

  constructor(parts: PresenceCloserParts) {
    this.parts = parts;
  }

  close(subject: number, bucket: number, reading: Reading): void {
    const { subjects, deliveries } = this.parts;
    reading.weight = 1;
    reading.failures = 0;
    reading.events = reading.row >= 0 ? 1 : 0;
    if (reading.row >= 0) this.seen(subject, bucket, reading);
    else if (deliveries.arrivedTooLate(subject)) {
      subjects.idle[subject] = 0;
      subjects.lastSeen[subject] = bucket;
    } else this.missed(subject, reading);
    this.judgeDelivery(subject, reading);
  }

  private seen(subject: number, bucket: number, reading: Reading): void {
    const { subjects, services } = this.parts;
    const usual = subjects.cadence[subject] as number;
    const idle = subjects.idle[subject] as number;
    services.seen(subject, bucket, idle);
    if (usual !== 0) this.parts.gaps.learn(subject, idle + 1);
    subjects.idle[subject] = 0;
    if (usual <= 0) {
      subjects.cadence[subject] = usual === 0 ? -1 : idle + 1;
      return;
    }
    const cadence = Math.max(1, Math.round(usual));
    const gap = Math.min(idle + 1, LONG_GAP * cadence);
    subjects.cadence[subject] = usual + CADENCE_RATE * (gap - usual);
    reading.stepMs = cadence * this.parts.bucketMs;
    reading.detail = Math.max(0, Math.floor((idle - tolerance(cadence)) / cadence));
    this.parts.take(subject, SILENCE, 0);
    reading.detail = NaN;
  }

  private missed(subject: number, reading: Reading): void {
    const { subjects, services, gaps, bucketMs, silentSteps, take } = this.parts;
    const usual = subjects.cadence[subject] as number;
    const idle = Math.min(MAX_IDLE, (subjects.idle[subject] as number) + 1);
    subjects.idle[subject] = idle;
    const cadence = Math.max(1, Math.round(usual));
    const waited = idle - tolerance(cadence);
    if (usual <= 0 || waited < cadence || waited % cadence !== 0) return;
    const silent = services.silenceOf(subject, reading.frame);
    reading.stepMs = cadence * bucketMs;
    reading.toldAs = silent === 'this' ? 'signal_loss' : undefined;
    const steps = waited / cadence;
    // Another signal has just come back: this one gets its time to do so, too.
    const tooEarly = silent === 'undecided' || gaps.isChance(subject, idle, bucketMs);
    take(subject, SILENCE, tooEarly ? Math.min(steps, silentSteps - 0.5) : steps);
    reading.toldAs = undefined;
  }

  private judgeDelivery(subject: number, reading: Reading): void {
    const { deliveries, events, learningSteps, bucketMs: stepMs } = this.parts;
    const age = deliveries.takeAge(subject);
    if (Number.isNaN(age)) return;
    const isKnown = deliveries.ageOf(subject) >= learningSteps;
    const surprise = isKnown ? deliveries.surprise(subject, age) : 0;
    const value = age * NANOSECONDS;
    const expected = deliveries.usual(subject) * NANOSECONDS;
    events.notice({ kind: 'late', about: subject, value, expected, surprise, stepMs }, reading);
    deliveries.learn(subject, age);
  }
}

function tolerance(cadence: number): number {
  return cadence > 1 ? 1 : 0;
}
