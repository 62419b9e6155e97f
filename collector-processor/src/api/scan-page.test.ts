import { expect, test } from '@jest/globals';
import type { Placed } from './providers.ts';
import { scanPage } from './scan-page.ts';

/** Places with gaps, as a store with freed slots has them. */
function* numbers(count: number): Iterable<Placed<number>> {
  for (let number = 0; number < count; number++) yield { place: number * 3, item: number };
}

const scan = (count: number, after: number | undefined, matches = (number: number): boolean => number >= 0) =>
  scanPage({ from: () => numbers(count), matches, after, limit: 2 });

test('a page ends with the place of its last item, as long as there are more', async () => {
  expect(await scan(5, undefined)).toEqual({ items: [0, 1], total: 5, totalIsExact: true, lastPlace: 3 });
  expect(await scan(5, 3)).toEqual({ items: [2, 3], total: 5, totalIsExact: true, lastPlace: 9 });
  expect(await scan(5, 9)).toEqual({ items: [4], total: 5, totalIsExact: true });
  expect(await scan(0, undefined)).toEqual({ items: [], total: 0, totalIsExact: true });
});

test('an element that has gone is passed over', async () => {
  expect((await scan(5, 4)).items).toEqual([2, 3]);
});

test('a filter that seldom matches looks at all that is needed for the page', async () => {
  const rare = (number: number): boolean => number % 100_000 === 99_999;
  expect(await scan(400_000, undefined, rare)).toMatchObject({ items: [99_999, 199_999], totalIsExact: false });
});

test('telemetry gets its turn while a long list is walked', async () => {
  let turns = 0;
  let walking = true;
  const count = (): void => {
    turns++;
    if (walking) setImmediate(count);
  };
  setImmediate(count);
  await scan(9_000, undefined);
  walking = false;
  expect(turns).toBeGreaterThan(10);
});
