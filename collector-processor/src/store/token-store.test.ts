import { expect, test } from '@jest/globals';
import { systemClock } from '../runtime/clock.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import type { StoreDatabase } from './schema.ts';
import { createTokenStore } from './token-store.ts';

const db = {
  selectFrom() {
    throw new Error('asked');
  },
} as unknown as StoreDatabase;
const tokens = createTokenStore({ db, maxTokens: 10, clock: systemClock, metrics: createSelfMetrics() });

test.each(['', 'wrong', 'sntl_', `sntl_${'a'.repeat(65)}`, `xntl_${'a'.repeat(43)}`, `sntl_${'a'.repeat(42)};`])(
  'what cannot be a secret costs no look-up: %s',
  async (secret) => {
    expect(await tokens.authenticate(secret)).toBeUndefined();
  },
);

test('what could be one is looked up', async () => {
  await expect(tokens.authenticate(`sntl_${'aB9-_'.repeat(9).slice(0, 43)}`)).rejects.toThrow('asked');
});
