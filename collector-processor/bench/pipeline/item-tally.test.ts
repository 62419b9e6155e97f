import { describe, expect, test } from '@jest/globals';
import { buildBodies } from '../scan/bodies.ts';
import { addTallies, NO_ITEMS, tallyOf } from './item-tally.ts';

describe.each(['traces', 'metrics', 'logs'] as const)('a tally of %s', (signal) => {
  const [one, other] = buildBodies(signal, { bodies: 2, itemsPerBody: 50, seed: 3 });
  if (one === undefined || other === undefined) throw new Error('no bodies');

  test('counts items and tells them apart', () => {
    expect(tallyOf(signal, one).count).toBe(50);
    expect(tallyOf(signal, one)).not.toEqual(tallyOf(signal, other));
    expect(tallyOf(signal, new Uint8Array(0))).toEqual(NO_ITEMS);
  });

  test('does not care how requests were joined', () => {
    const joined = tallyOf(signal, Buffer.concat([other, one]));
    expect(joined).toEqual(addTallies(tallyOf(signal, one), tallyOf(signal, other)));
  });
});
