import { describe, expect, test } from '@jest/globals';
import { codeOf } from './errors.ts';
import { createMask } from './masking.ts';

const mask = createMask([]);

describe('what is private is replaced', () => {
  test.each([
    ['mail to ana.ruiz+x@shop.example.org failed', 'mail to [email] failed'],
    ['Authorization: Bearer abcdef0123456789', 'Authorization: Bearer [token]'],
    ['jwt eyJhbGciOiJI.eyJzdWIiOiIxMjM0.SflKxwRJ rejected', 'jwt [token] rejected'],
    ['login password=hunter2 user=7', 'login password=[secret] user=7'],
    ['{"api_key": "abc", "n": 1}', '{"api_key": [secret], "n": 1}'],
    ['postgres://app:s3cret@db:5432/shop', 'postgres://app:[secret]@db:5432/shop'],
    ['key AKIAABCDEFGHIJKLMNOP used', 'key [key] used'],
    ['card 4111 1111 1111 1111 declined', 'card [card] declined'],
    ['ghp_0123456789abcdefghijABCDEFGHIJ012345', '[key]'],
  ])('%s', (text, expected) => {
    expect(mask(text)).toBe(expected);
    expect(mask(expected)).toBe(expected);
  });
});

describe('what is not private stays', () => {
  test.each([
    'p95 of GET /cart in checkout 812 ms, expected 120 ms to 340 ms',
    'trace 4bf92f3577b34da6a3ce929d0e0e4736',
    'order 4111111111111112 shipped',
    'at 1763715600000',
  ])('%s', (text) => {
    expect(mask(text)).toBe(text);
  });
});

test('patterns of the settings are added', () => {
  expect(createMask(['CUST-\\d+'])('for CUST-4711 and CUST-4712')).toBe('for [masked] and [masked]');
});

test.each(['(', 'x*'])('the pattern %j is a fault of the configuration', (pattern) => {
  let code = '';
  try {
    createMask([pattern]);
  } catch (error) {
    code = codeOf(error);
  }
  expect(code).toBe('SENTINEL_CONFIG_INVALID');
});

test('text that invites backtracking is cut and answered', () => {
  const hostile = `${'a'.repeat(200_000)}@`;
  expect(mask(hostile)).toHaveLength(8192);
});
