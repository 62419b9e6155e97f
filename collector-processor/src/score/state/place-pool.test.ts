import { expect, test } from '@jest/globals';
import { PlacePool } from './place-pool.ts';
import { SeriesState } from './series-state.ts';

class Page {
  readonly state: SeriesState;
  readonly numbers: Float64Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.numbers = this.state.float64(2);
  }
}

function pool() {
  let pages = 0;
  const places = new PlacePool(100, (capacity) => {
    pages++;
    return new Page(capacity);
  });
  const write = (slot: number, number: number): void => {
    places.give(slot);
    const page = places.pageOf(slot);
    if (page !== undefined) page.numbers[2 * places.at(slot) + 1] = number;
  };
  const read = (slot: number): number | undefined => places.pageOf(slot)?.numbers[2 * places.at(slot) + 1];
  return { places, write, read, pages: () => pages - 1 };
}

test('keeps places apart, and makes pages only for those who ask', () => {
  const { places, write, read, pages } = pool();
  expect([pages(), places.has(3), read(3)]).toEqual([0, false, undefined]);
  for (let slot = 0; slot < 40; slot++) write(slot, slot + 1);
  for (let slot = 0; slot < 40; slot++) expect(read(slot)).toBe(slot + 1);
  expect(pages()).toBe(3);
});

test('gives places that were taken back again, empty', () => {
  const { places, write, read, pages } = pool();
  for (let slot = 0; slot < 16; slot++) write(slot, 5);
  for (let slot = 0; slot < 16; slot++) places.clear(slot);
  for (let slot = 50; slot < 66; slot++) places.give(slot);
  expect([pages(), read(50), read(65), places.has(0)]).toEqual([1, 0, 0, false]);
});

test('saves who has none as zeros, and gives no place for zeros', () => {
  const { places, write, read } = pool();
  write(7, 42);
  const bytes = new Uint8Array(2 * places.bytesPerSeries).fill(9);
  expect(places.save(8, bytes, places.save(7, bytes, 0))).toBe(bytes.length);
  const other = pool();
  other.write(1, 3);
  expect(other.places.load(1, bytes, other.places.load(0, bytes, 0))).toBe(bytes.length);
  expect([other.read(0), other.places.has(1), read(7)]).toEqual([42, false, 42]);
});
