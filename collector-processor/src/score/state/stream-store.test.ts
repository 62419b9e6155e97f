import { expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { StreamNumber, StreamStore } from './stream-store.ts';

const ALIVE_MS = 100;

function seenAt(streams: StreamStore, place: number, timeMs: number): void {
  streams.numbers[streams.at(place) + StreamNumber.lastTimeMs] = timeMs;
}

test('streams are found in the order in which they came, and in any other', () => {
  const streams = new StreamStore(1000, 16);
  const places = Array.from({ length: 500 }, (_, i) => streams.add(i % 7, -i, 0));
  const inOrder = places.map((_, i) => streams.find(i % 7, -i));
  const backwards = places.map((_, i) => streams.find((499 - i) % 7, i - 499)).reverse();
  expect(inOrder).toEqual(places);
  expect(backwards).toEqual(places);
  expect(streams.find(0, 1)).toBe(-1);
});

test('a hash of nothing but zeros is not found behind the last stream', () => {
  const streams = new StreamStore(10, 16);
  const place = streams.add(1, 1, 0);
  expect([streams.find(1, 1), streams.find(0, 0)]).toEqual([place, -1]);
});

test('is a map of what is alive while streams come and go', () => {
  const streams = new StreamStore(64, 16);
  const random = createRandom(3);
  const placeOf = new Map<number, number>();
  for (let now = 1; now < 20_000; now++) {
    // Runs of neighbours, as requests bring them.
    const key = (Math.floor(now / 10) * 37 + (now % 10) + Math.floor(random.uniform() * 2)) % 200;
    const known = streams.find(key, key);
    if (known >= 0) expect(placeOf.get(key)).toBe(known);
    const place = known >= 0 ? known : streams.add(key, key, now - ALIVE_MS);
    if (place < 0) continue;
    for (const [other, at] of placeOf) if (at === place && other !== key) placeOf.delete(other);
    placeOf.set(key, place);
    seenAt(streams, place, now);
  }
  expect(streams.size).toBe(placeOf.size);
  for (const [key, place] of placeOf) expect(streams.find(key, key)).toBe(place);
});
