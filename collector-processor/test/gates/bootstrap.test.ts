import { describe, expect, test } from '@jest/globals';
import { compare } from './bootstrap.ts';

const files = (...scores: number[]) => scores.map((score, index) => ({ file: `f${index}`, score }));
const twenty = Array.from({ length: 20 }, (_, index) => 30 + index);
const moved = (count: number, by: number) =>
  files(...twenty.map((score, index) => (index < count ? score + by : score)));

describe('the verdict', () => {
  test('on equal results is that nothing changed', () => {
    expect(compare(files(...twenty), files(...twenty))).toMatchObject({ verdict: 'same', mean: 0, changed: [] });
  });

  test.each([
    ['worse', 8, -10],
    ['worse', 20, -1],
    ['better', 8, 10],
    // One file more or less is chance, however far it falls.
    ['same', 1, -100],
    ['same', 2, -20],
  ] as const)('is "%s" when %d of 20 files move by %d', (verdict, count, by) => {
    expect(compare(files(...twenty), moved(count, by)).verdict).toBe(verdict);
  });

  test('is not swayed by losses that gains make up for', () => {
    const now = files(...twenty.map((score, index) => score + (index % 2 === 0 ? 10 : -10)));
    expect(compare(files(...twenty), now).verdict).toBe('same');
  });
});

test('what changed is named, the largest loss first', () => {
  const { changed } = compare(files(10, 20, 30), files(10, 15, 10));
  expect(changed).toEqual([
    { file: 'f2', from: 30, to: 10 },
    { file: 'f1', from: 20, to: 15 },
  ]);
});

test('other files than those of the baseline are an error', () => {
  expect(() => compare(files(1, 2), files(1))).toThrow('update it');
  expect(() => compare([{ file: 'other', score: 1 }], files(1))).toThrow('f0 is not in the baseline');
});
