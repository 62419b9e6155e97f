import { expect, test } from '@jest/globals';
import { createLettersBench } from './testing/letters-bench.ts';
import { fault } from './testing/memory-files.ts';

const body = 'x'.repeat(900);
const gauge = (bench: Awaited<ReturnType<typeof createLettersBench>>, name: string) =>
  bench.metrics.samples().find((sample) => sample.name === `sentinel_dead_letters_${name}`)?.value;

test('beyond their number none is taken and none is lost; dropped ones make room', async () => {
  const bench = await createLettersBench({ maxLetters: 3 });
  const ids = [await bench.add('a'), await bench.add('b'), await bench.add('c')];
  expect(await bench.add('d')).toBe('');
  expect(gauge(bench, 'full')).toBe(1);
  expect(await bench.texts()).toEqual(['c', 'b', 'a']);
  await bench.letters.drop(ids[1]!);
  expect(await bench.add('d')).not.toBe('');
  expect(await bench.texts()).toEqual(['d', 'c', 'a']);
  expect(gauge(bench, 'full')).toBe(0);
});

test('those that come at once do not pass the bound together', async () => {
  const bench = await createLettersBench({ maxLetters: 3 });
  await Promise.all(Array.from({ length: 8 }, () => bench.add('a')));
  expect(bench.letters.size).toBe(3);
});

test('beyond their size none is taken and none is lost', async () => {
  const bench = await createLettersBench({ maxSize: 20_000 });
  const ids = [];
  for (let index = 0; index < 60; index++) ids.push(await bench.add(body));
  const taken = ids.filter((id) => id !== '');
  expect(taken.length).toBeGreaterThan(10);
  expect(taken.length).toBeLessThan(20);
  expect(bench.letters.list().map(({ id }) => id)).toEqual(taken.toReversed());
  expect(bench.letters.bytes).toBeLessThanOrEqual(20_000);
});

test('a letter that nobody touches does not hold on to the room behind it', async () => {
  let bench = await createLettersBench({ maxSize: 20_000 });
  const first = await bench.add('the first', 'no');
  await bench.letters.refused(first, 'no again');
  const before = bench.letters.list();
  for (let index = 0; index < 200; index++) {
    const id = await bench.add(body);
    expect(id).not.toBe('');
    await bench.letters.drop(id);
  }
  expect(bench.letters.list()).toEqual(before);
  bench = await bench.restart();
  expect(bench.letters.list()).toEqual(before);
  expect(await bench.texts()).toEqual(['the first']);
});

test('a letter that is dropped while it is written anew does not come back', async () => {
  let bench = await createLettersBench({ maxSize: 20_000 });
  const first = await bench.add('the first');
  let drop: Promise<boolean> | undefined;
  bench.files.fault = (operation) => {
    // The first thing that making room does is to read the oldest letter.
    if (operation === 'open') drop ??= bench.letters.drop(first);
    return undefined;
  };
  while (drop === undefined) await bench.letters.drop(await bench.add(body));
  expect(await drop).toBe(true);
  bench = await bench.restart();
  expect(bench.letters.has(first)).toBe(false);
});

test('when the disk does not let room be made the letter is not taken, and the others stay', async () => {
  const bench = await createLettersBench({ maxSize: 20_000 });
  const first = await bench.add('the first');
  bench.files.fault = (operation) => (operation === 'open' ? fault('EIO') : undefined);
  let id = 'some';
  for (let count = 0; id !== '' && count < 100; count++) {
    id = await bench.add(body);
    if (id !== '') await bench.letters.drop(id);
  }
  expect(id).toBe('');
  expect(bench.letters.has(first)).toBe(true);
});
