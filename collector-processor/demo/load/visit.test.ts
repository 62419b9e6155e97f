import { expect, test } from '@jest/globals';
import { createRandom } from '../random.ts';
import { DAY_MS, loadFactor } from './day.ts';
import { planVisit } from './visit.ts';

test('a day begins quietly, is busiest in the middle, and never jumps', () => {
  expect(loadFactor(0)).toBeCloseTo(0.8);
  expect(loadFactor(DAY_MS / 2)).toBeCloseTo(1.2);
  expect(loadFactor(DAY_MS)).toBeCloseTo(0.8);
  for (let ms = 0; ms < DAY_MS; ms += 1_000)
    expect(Math.abs(loadFactor(ms + 1_000) - loadFactor(ms))).toBeLessThan(0.01);
});

test('every visit searches and ends at the checkout', () => {
  const random = createRandom(1);
  for (let visit = 0; visit < 200; visit++) {
    const pages = planVisit(random);
    expect(pages.some(({ path }) => path.startsWith('/search?q='))).toBe(true);
    expect(pages.at(-1)).toMatchObject({ method: 'POST', path: '/checkout' });
  }
});

test('the same seed gives the same shoppers, another one others', () => {
  const visits = (seed: number): string => JSON.stringify(planVisit(createRandom(seed)));
  expect(visits(1)).toBe(visits(1));
  expect(visits(1)).not.toBe(visits(2));
});
