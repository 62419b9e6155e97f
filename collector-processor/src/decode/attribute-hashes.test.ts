import { describe, expect, test } from '@jest/globals';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { decodeOptions } from '../testing/decode-options.ts';
import { createRandom } from '../testing/random.ts';
import { gauge } from '../testing/telemetry-builder-items.ts';
import { type Attributes, metricsBytes } from '../testing/telemetry-builder.ts';
import { createDecoder } from './decoder.ts';

/** High and low halves, by row, of one request after another to the same decoder. */
function createReader() {
  const decoder = createDecoder({ options: decodeOptions({}), metrics: createSelfMetrics() });
  return (points: readonly Attributes[]): string[] => {
    const metric = gauge(
      'g',
      points.map((attributes) => ({ value: 1, attributes })),
    );
    const result = decoder.decode('metrics', metricsBytes([metric]));
    if (result.kind !== 'columns' || result.columns.signal !== 'metrics') throw new Error(result.kind);
    const { attributesHigh, attributesLow } = result.columns;
    return points.map((_, row) => `${attributesHigh[row]}:${attributesLow[row]}`);
  };
}

const hashesOf = (points: readonly Attributes[]): string[] => createReader()(points);

describe("the hash of a point's attributes", () => {
  test('does not depend on their order', () => {
    const [a, b] = hashesOf([
      { x: '1', y: 2, z: true },
      { z: true, x: '1', y: 2 },
    ]);
    expect(a).toBe(b);
  });

  test('differs with name, value, type and number of attributes', () => {
    const points = [
      {},
      { a: '' },
      { a: 'b' },
      { b: 'a' },
      { ab: '' },
      { a: '1' },
      { a: 1 },
      { a: true },
      { a: 'b', b: 'a' },
    ];
    const hashes = hashesOf([...points, { a: '1'.repeat(200) }, { a: '1'.repeat(201) }]);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('tells a hundred thousand series apart', () => {
    const hashes = new Set<string>();
    for (let block = 0; block < 20; block++) {
      const points = Array.from({ length: 5000 }, (_, i) => ({
        route: `/r/${block % 7}`,
        id: `${block}-${i}`,
        code: 200,
      }));
      for (const hash of hashesOf(points)) hashes.add(hash);
    }
    expect(hashes.size).toBe(100_000);
  });

  test('does not depend on the points before it', () => {
    const random = createRandom(5);
    const value = () => random.pick(['a', 'ab', 'axb', 'ayb', '', '1', 1, 2, 1e12, true, 'x'.repeat(200), 1.5]);
    const some = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [random.pick(['k', `key.${i}`]), value()]));
    const points = Array.from({ length: 400 }, (_, i) => some(i % 50 === 0 ? 40 : random.integer(4)));
    expect(hashesOf(points)).toEqual(points.flatMap((point) => hashesOf([point])));
  });

  test('does not depend on the request before it', () => {
    const read = createReader();
    const [first, other, again] = [{ route: '/cart' }, { route: '/cast' }, { route: '/cart' }].map((point) =>
      read([point]),
    );
    expect(other).not.toEqual(first);
    expect(again).toEqual(first);
  });

  test('is the same in every release', () => {
    expect(hashesOf([{}, { 'http.route': '/cart', code: 200 }])).toEqual(['0:0', '3259438352:155768268']);
  });
});
