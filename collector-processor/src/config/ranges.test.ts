import { describe, expect, test } from '@jest/globals';
import type { Problem } from '../runtime/yaml/problem.ts';
import type { SettingSchema } from '../runtime/yaml/setting-schema.ts';
import { loadSettings, settingsSchema } from './schema.ts';
import { fileWith, type Leaf, settingLeaves } from './testing/settings-leaves.ts';
import { parseDuration } from './types.ts';

const leaves = settingLeaves(settingsSchema as SettingSchema);
const named = (wanted: (leaf: Leaf) => boolean) =>
  leaves.filter(wanted).map((leaf): [string, Leaf] => [leaf.path.join('.'), leaf]);
const measured = named(({ schema }) => schema.unit !== undefined);
const counted = named(({ schema }) => schema.type === 'integer' || schema.type === 'number');

function problems(path: readonly string[], value: unknown): readonly Problem[] {
  const result = loadSettings(fileWith(path, value), { env: {}, readFile: () => '' });
  return result.kind === 'invalid' ? result.problems : [];
}

function refusal({ path }: Leaf, value: unknown, remedy: RegExp): void {
  const [problem, ...others] = problems(path, value);
  expect(problem).toMatchObject({ path: path.join('.'), remedy: expect.stringMatching(remedy) });
  expect(problem?.line).toBeGreaterThan(0);
  expect(others).toEqual([]);
}

test('there are settings to look at', () => {
  expect(measured.length).toBeGreaterThan(80);
  expect(counted.length).toBeGreaterThan(50);
});

describe.each(measured)('%s', (_name, leaf) => {
  const { unit, least, most, description = '' } = leaf.schema;
  const zero = unit === 'duration' ? '0s' : '0B';

  test('zero is refused with the range, or the description says what it does', () => {
    if (least === zero) {
      expect(description).toMatch(new RegExp(String.raw`\b${zero}`));
      expect(problems(leaf.path, zero)).toEqual([]);
    } else {
      refusal(leaf, zero, new RegExp(`from ${least} to ${most}, such as`));
    }
  });

  test('the borders are allowed, what is beyond them and what has no unit is not', () => {
    for (const border of [least, most]) expect(problems(leaf.path, border)).toEqual([]);
    refusal(leaf, unit === 'duration' ? '99999999d' : '99999999GiB', /^Write a number with a unit/);
    refusal(leaf, 10, /^Write a number with a unit/);
  });
});

/** Ages that are compared; everything else is waited for. */
const ages =
  /^store\.retention\.(anomalies|changes|annotations|tokens|incidents|slos|feedback)$|^(forward\.dead_letters\.max_age|feedback\.lookback)$/;

test('no time that is waited for is longer than a timer can be', () => {
  const waited = measured.filter(([name, { schema }]) => schema.unit === 'duration' && !ages.test(name));
  for (const [, { schema }] of waited) expect(parseDuration(schema.most ?? '')).toBeLessThan(2 ** 31);
});

describe.each(counted)('%s', (_name, leaf) => {
  const { type, minimum, exclusiveMinimum, maximum } = leaf.schema;
  const kind = type === 'integer' ? 'a whole number from' : 'a number';
  const wrong = [
    'abc',
    minimum === undefined ? exclusiveMinimum : minimum - 1,
    ...(maximum === undefined ? [] : [maximum + 1]),
    ...(type === 'integer' ? [1.5] : []),
  ];

  test.each(wrong)('%j is refused with the range and an example', (value) => {
    refusal(leaf, value, new RegExp(`^Write ${kind}.*, such as [0-9.]+ \\(the default\\)\\.$`));
  });
});

test('a part of a millisecond or of a byte is rounded', () => {
  const text = 'score: { bucket: 1.0004s }\nreceivers: { otlp: { max_request_size: 1024.5KiB } }\n';
  const result = loadSettings(text, { env: {}, readFile: () => '' });
  expect(result).toMatchObject({ settings: { score: { bucket: 1000 } } });
  expect(result).toMatchObject({ settings: { receivers: { otlp: { maxRequestSize: 1_049_088 } } } });
});
