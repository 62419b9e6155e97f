import { expect, test } from '@jest/globals';
import type { Settings } from '../config/schema.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { createMaskPart } from './mask-part.ts';

function settingsWith(...maskPatterns: string[]): Settings {
  return { score: { maskPatterns } } as unknown as Settings;
}

test('a reload brings new patterns to whoever holds the mask', async () => {
  const { part, mask } = createMaskPart(settingsWith('ORDER-\\d+'), createSelfMetrics());
  expect(mask('ORDER-17 of user-4')).toBe('[masked] of user-4');
  await part.apply(settingsWith('user-\\d+'));
  expect(mask('ORDER-17 of user-4')).toBe('ORDER-17 of [masked]');
});

test('patterns that cannot be used leave the old ones in force', async () => {
  const { part, mask } = createMaskPart(settingsWith('ORDER-\\d+'), createSelfMetrics());
  await expect(part.apply(settingsWith('('))).rejects.toMatchObject({ code: 'SENTINEL_CONFIG_INVALID' });
  expect(mask('ORDER-17')).toBe('[masked]');
});
