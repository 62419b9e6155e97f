import { expect, test } from '@jest/globals';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { detectors } from '../registry.ts';
import { SeriesStore } from '../state/series-store.ts';
import { SubjectStore } from '../state/subject-store.ts';
import { kindNumber } from '../subject-kinds.ts';
import { testOptions } from '../testing/test-options.ts';
import type { Instance } from './fleet.ts';
import { PeerTable } from './peer-table.ts';

const COMPARED = 100;

function createTable(maxCompared = COMPARED) {
  const subjects = new SubjectStore(COMPARED, new SeriesStore(detectors, testOptions({ maxSeries: COMPARED })));
  const names = { tenant: '', signal: 'metrics' as const, service: 's', namespace: '', environment: '' };
  const add = (low: number): number =>
    subjects.add({ low, high: 0, kind: kindNumber('gauge'), identity: { ...names, attributes: {} }, presence: -1 }, 0);
  return { add, subjects, table: new PeerTable({ maxCompared, subjects, metrics: createSelfMetrics() }) };
}

function instanceOf(number: number): Instance {
  const group = { key: 'g', tenant: '', instances: new Set<Instance>() };
  const hash = { low: number, high: number };
  return { number, hash, attribute: 'host.name', name: `host-${number}`, group, places: [], bucket: 0 };
}

test('each subject of an instance keeps its place, in whatever order they come', () => {
  const { add, table } = createTable();
  const subjects = Array.from({ length: 20 }, (_, i) => add(i));
  const pods = [instanceOf(0), instanceOf(1), instanceOf(2)];
  const placesOf = (order: readonly number[]) => pods.map((pod) => order.map((subject) => table.place(subject, pod)));
  const first = placesOf(subjects);
  expect(new Set(first.flat()).size).toBe(60);
  expect(placesOf(subjects)).toEqual(first);
  expect(placesOf([...subjects].reverse()).map((places) => places.reverse())).toEqual(first);
});

test('a place that was given up is not found any more', () => {
  const { add, table } = createTable();
  const [one, two] = [add(1), add(2)];
  const pod = instanceOf(0);
  const places = [table.place(one, pod), table.place(two, pod)];
  table.count(places[1]!, 5, 0, 0);
  table.remove(places[1]!);
  expect(table.place(one, pod)).toBe(places[0]);
  const again = table.place(two, pod);
  expect(table.tallied(again)).toMatchObject({ events: 0, total: 0 });
});

test('who takes the place of another subject begins anew', () => {
  const { add, subjects, table } = createTable();
  const [one, two] = [add(1), add(2)];
  const pod = instanceOf(0);
  table.place(one, pod);
  const place = table.place(two, pod);
  table.count(place, 5, 0, 0);
  subjects.serial[two]!++;
  table.place(one, pod);
  expect(table.tallied(table.place(two, pod)).events).toBe(0);
});

test('without room there is no place, and those that have one keep it', () => {
  const { add, table } = createTable(1);
  const [one, two] = [add(1), add(2)];
  const pod = instanceOf(0);
  const place = table.place(one, pod);
  expect([table.place(two, pod), table.place(one, pod), table.place(two, pod)]).toEqual([-1, place, -1]);
});
