import { describe, expect, test } from '@jest/globals';
import { detectors, mostVoices } from '../registry.ts';
import { kindNumber } from '../subject-kinds.ts';
import { testOptions } from '../testing/test-options.ts';
import { createVerdict } from '../verdict.ts';
import { type SeriesEntry, SeriesStore } from './series-store.ts';
import { type NewSubject, SubjectStore } from './subject-store.ts';

const gauge = kindNumber('gauge');
const calls = kindNumber('calls');

function subject(low: number, kind = gauge): NewSubject {
  const names = { tenant: '', signal: 'metrics' as const, service: `s${low}`, namespace: '', environment: '' };
  return { low, high: 0, kind, identity: { ...names, attributes: {} }, presence: -1 };
}

function teach(entry: SeriesEntry | undefined): void {
  const step = { value: 5, level: 5, floor: 0, relativeFloor: 0, direction: 1 as const, timeMs: 1, stepMs: 1 };
  const counts = { events: 1, failures: 0, age: 0, detail: NaN, wallMs: 0, holiday: false, season: NaN };
  const verdict = createVerdict(mostVoices(detectors));
  entry?.ensemble.learn(entry.at, entry.measure, { ...step, ...counts }, verdict, 'quiet');
}

function ageOf(entry: SeriesEntry | undefined): number | undefined {
  return entry?.ensemble.ageOf(entry.at);
}

function stores(maxSeries: number) {
  const series = new SeriesStore(detectors, testOptions({ maxSeries }));
  return { series, subjects: new SubjectStore(maxSeries, series) };
}

describe('a subject', () => {
  test('has a series for each measure, with ids of their own', () => {
    const { series, subjects } = stores(10);
    const place = subjects.add(subject(1, calls), 0);
    const all = subjects.slotsOf(place).map((slot) => series.get(slot)?.series);
    expect(all.map((one) => one?.measure)).toEqual(['rate', 'error_ratio', 'p50', 'p95', 'p99']);
    expect(new Set(all.map((one) => one?.id)).size).toBe(5);
    expect(all[0]?.id).toMatch(/^[0-9a-f]{16}$/);
  });

  test('is refused when its series do not all fit', () => {
    const { series, subjects } = stores(7);
    expect(subjects.add(subject(1, calls), 0)).toBe(0);
    expect(subjects.add(subject(2, calls), 0)).toBe(-1);
    expect(subjects.add(subject(3), 0)).toBe(1);
    expect(series.size).toBe(6);
  });
});

describe('when the store is full', () => {
  test('an idle subject gives its place, and what it had learned is gone', () => {
    const { series, subjects } = stores(2);
    const first = subjects.add(subject(1), 0);
    subjects.add(subject(2), 100);
    const slot = subjects.slotOf(first, 0);
    teach(series.get(slot));
    expect(ageOf(series.get(slot))).toBe(1);
    const serial = subjects.serial[first];
    const eviction = subjects.evictIdle(50);
    expect(eviction?.series.map(({ service }) => service)).toEqual(['s1']);
    expect(subjects.find(1, 0)).toBe(-1);
    expect(subjects.serial[first]).not.toBe(serial);
    expect(subjects.add(subject(3), 100)).toBe(first);
    const successor = series.get(subjects.slotOf(first, 0));
    expect([successor?.series.service, ageOf(successor)]).toEqual(['s3', 0]);
  });

  test('nobody who is alive is pushed out', () => {
    const { subjects } = stores(2);
    subjects.add(subject(1), 100);
    subjects.add(subject(2), 100);
    expect(subjects.evictIdle(50)).toBeUndefined();
    expect(subjects.add(subject(3), 100)).toBe(-1);
  });
});
