import { expect, test } from '@jest/globals';
import { Hasher, hashText, hexOf } from './hash64.ts';

test('hashes are the same in every process: they name series in snapshots', () => {
  const { low, high } = hashText('checkout');
  const mixed = new Hasher().reset(low, high).mix(1, 2);
  expect([hexOf(low, high), hexOf(mixed.low, mixed.high)]).toMatchInlineSnapshot(`
   [
     "964824d126e44b92",
     "801929f21695d017",
   ]
  `);
});

test('the order of what is mixed in matters', () => {
  const one = new Hasher().reset(1, 2).mix(3, 4).mix(5, 6);
  const other = new Hasher().reset(1, 2).mix(5, 6).mix(3, 4);
  expect(hexOf(one.low, one.high)).not.toBe(hexOf(other.low, other.high));
});

test('a hundred thousand similar texts have as many hashes', () => {
  const hashes = new Set<string>();
  for (let i = 0; i < 100_000; i++) {
    const { low, high } = hashText(`series-${i}`);
    hashes.add(hexOf(low, high));
  }
  expect(hashes.size).toBe(100_000);
});

test('both halves spread evenly when small numbers are mixed', () => {
  const buckets = new Uint32Array(64);
  for (let i = 0; i < 64_000; i++) {
    const { low } = new Hasher().reset(7, 9).mix(i, 0);
    buckets[low & 63] = (buckets[low & 63] ?? 0) + 1;
  }
  for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(200);
});

test('small numbers that begin a hash do not meet with those that are mixed in next', () => {
  const hashes = new Set<string>();
  for (let source = 0; source < 256; source++) {
    for (let name = 0; name < 256; name++) {
      const { low, high } = new Hasher().begin(source, 1).mix(name, 0);
      hashes.add(hexOf(low, high));
    }
  }
  expect(hashes.size).toBe(256 * 256);
});
