import { expect, test } from '@jest/globals';
import type { SettingSchema } from '../runtime/yaml/setting-schema.ts';
import { changedSettings } from './changed-settings.ts';

const schema: SettingSchema = {
  properties: {
    score: { properties: { bucket_width: {}, masks: { items: {} } } },
    backends: { patternProperties: { '.*': { properties: { endpoint: {}, max_size: {} } } } },
  },
};
const before = {
  score: { bucketWidth: 1, masks: ['a'] },
  backends: { one: { endpoint: 'x', maxSize: 1 }, two: { endpoint: 'y', maxSize: 1 } },
};

test('what is the same is not named', () => {
  expect(changedSettings(schema, { before, next: structuredClone(before) })).toEqual([]);
});

test('values, lists, and settings below names of the user are named as in the file', () => {
  const next = {
    score: { bucketWidth: 2, masks: ['a', 'b'] },
    backends: { one: { endpoint: 'x', maxSize: 2 }, three: { endpoint: 'z', maxSize: 1 } },
  };
  expect(changedSettings(schema, { before, next })).toEqual([
    'score.bucket_width',
    'score.masks',
    'backends.one.max_size',
    'backends.two',
    'backends.three',
  ]);
});
