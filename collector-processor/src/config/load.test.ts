import { describe, expect, test } from '@jest/globals';
import { Type } from 'typebox';
import type { Problem } from '../runtime/yaml/problem.ts';
import { createLoader } from './load.ts';
import { Duration, Integer, Size, Text } from './types.ts';

const schema = Type.Object(
  {
    score: Type.Object(
      {
        bucket_width: Duration('10s', 'Width of a bucket.'),
        max_body: Size('4MiB', 'Largest body.', { most: '8MiB' }),
        workers: Integer(2, 'How many.', [1, 9]),
        mode: Type.Enum(['inline', 'tap'], { default: 'inline', description: 'Where it stands.' }),
      },
      { additionalProperties: false, default: {} },
    ),
    backends: Type.Record(
      Type.String(),
      Type.Object({ base_url: Type.String(), token: Text('', 'Secret.') }, { additionalProperties: false }),
      { default: {} },
    ),
  },
  { additionalProperties: false },
);
const load = createLoader<unknown>(schema);
const surroundings = { env: { TOKEN: 's3cret', WORKERS: '7' }, readFile: readFake };

function readFake(path: string): string {
  if (path === '/run/token') return 'from-file\n';
  throw new Error('ENOENT: no such file');
}

function problems(text: string): readonly Problem[] {
  const result = load(text, surroundings);
  return result.kind === 'invalid' ? result.problems : [];
}

describe('a valid file', () => {
  test('an empty file gives every default, units resolved and names in camelCase', () => {
    const score = { bucketWidth: 10_000, maxBody: 4 * 1024 * 1024, workers: 2, mode: 'inline' };
    expect(load('', surroundings)).toEqual({ kind: 'settings', settings: { score, backends: {} } });
  });

  test('names that the user chose are kept as they are', () => {
    const result = load('backends:\n  my_loki/eu:\n    base_url: http://x\n', surroundings);
    const backends = { 'my_loki/eu': { baseUrl: 'http://x', token: '' } };
    expect(result).toMatchObject({ kind: 'settings', settings: { backends } });
  });

  test('references to the environment and to files are replaced, and numbers stay numbers', () => {
    const text =
      'score:\n  workers: ${env:WORKERS}\nbackends:\n  a: { base_url: "$${x}", token: "${env:TOKEN}" }\n  b: { base_url: u, token: "${file:/run/token}" }\n';
    const backends = { a: { baseUrl: '${x}', token: 's3cret' }, b: { baseUrl: 'u', token: 'from-file' } };
    expect(load(text, surroundings)).toMatchObject({ settings: { score: { workers: 7 }, backends } });
  });

  test('a missing variable with a default takes the default', () => {
    const result = load('backends:\n  a: { base_url: "${env:NOPE:-http://y:1}" }\n', surroundings);
    expect(result).toMatchObject({ settings: { backends: { a: { baseUrl: 'http://y:1' } } } });
  });
});

describe('a faulty file', () => {
  test('an unknown setting is named with its line and the likely name', () => {
    expect(problems('score:\n  workers: 3\n  bucket_widht: 5s\n')).toEqual([
      {
        line: 3,
        column: 17,
        path: 'score.bucket_widht',
        message: 'There is no setting "bucket_widht" here.',
        remedy: 'Did you mean bucket_width?',
      },
    ]);
  });

  test.each([
    [
      'score:\n  bucket_width: 10\n',
      'score.bucket_width',
      'Write a number with a unit (ms, s, m, h, d), from 1ms to 24d, such as 10s (the default).',
    ],
    [
      'score:\n  max_body: 10MB\n',
      'score.max_body',
      'Write a number with a unit (B, KiB, MiB, GiB), from 1B to 8MiB, such as 4MiB (the default).',
    ],
    ['score:\n  mode: both\n', 'score.mode', 'Use one of inline, tap.'],
    ['score:\n  workers: 0\n', 'score.workers', 'Write a whole number from 1 up to 9, such as 2 (the default).'],
    ['backends:\n  a: {}\n', 'backends.a', 'Add base_url.'],
  ])('%j is refused at its path with a remedy', (text, path, remedy) => {
    expect(problems(text)).toEqual([expect.objectContaining({ path, remedy, line: 2 })]);
  });

  test('a missing variable is refused where it is used, without a value leaking', () => {
    const [problem] = problems('backends:\n  a:\n    base_url: ${env:NOPE}\n');
    expect(problem).toMatchObject({ line: 3, message: 'The environment variable NOPE is not set.' });
  });

  test('an unreadable file is refused with the path', () => {
    expect(problems('backends:\n  a: { base_url: "${file:/none}" }\n')[0]?.message).toContain(
      'The file /none cannot be read',
    );
  });

  test('broken YAML is refused with its line', () => {
    expect(problems('score:\n  workers: [1\n')[0]).toMatchObject({ line: 3, path: '' });
  });

  test.each([
    'score: [::1]:4317\n',
    'backends: { a: { base_url: [::1] } }\n',
    'backends: { a: { base_url: [::1]:80 } }\n',
  ])('an IPv6 address without quotes is one problem with the way out: %s', (text) => {
    expect(problems(text)).toEqual([expect.objectContaining({ remedy: expect.stringContaining('"[::1]:4317"') })]);
  });

  test('several faults are reported together', () => {
    expect(problems('score:\n  workers: x\n  mode: y\n')).toHaveLength(2);
  });

  test('what follows a reference that leads nowhere is reported in the same round', () => {
    const found = problems('score:\n  workers: ${env:NOPE}\n  mode: both\nbackends: { a: {} }\n');
    expect(found.map(({ path }) => path)).toEqual(['score.workers', 'score.mode', 'backends.a']);
  });

  test('checks see the sound part, with defaults in place of what does not fit', () => {
    const seen: unknown[] = [];
    const checks = [(settings: unknown) => (seen.push(settings), [])];
    load(
      'score: { workers: x, max_body: 1KiB, list: 3 }\nbackends: { a: {}, b: { base_url: u } }\n',
      surroundings,
      checks,
    );
    const score = { bucketWidth: 10_000, maxBody: 1024, workers: 2, mode: 'inline' };
    expect(seen).toEqual([{ score, backends: { b: { baseUrl: 'u', token: '' } } }]);
  });

  test('what a check finds gets its place; what it says of a value that is not known is left out', () => {
    const fault = (name: string) => ({ paths: [['score', name]], message: `${name} is odd.`, remedy: 'Even it.' });
    const checks = [() => [fault('max_body'), fault('workers')]];
    const result = load('score:\n  max_body: 1KiB\n  workers: ${env:NOPE}\n', surroundings, checks);
    expect(result).toMatchObject({
      problems: [
        { line: 2, column: 13, path: 'score.max_body', message: 'max_body is odd.' },
        { line: 3, path: 'score.workers', message: 'The environment variable NOPE is not set.' },
      ],
    });
  });

  test('a list where a section is expected is one clear problem', () => {
    expect(problems('score: [1]\n')[0]).toMatchObject({ path: 'score', line: 1 });
  });
});
