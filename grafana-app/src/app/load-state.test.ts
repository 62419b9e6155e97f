import { expect, test } from '@jest/globals';
import { aged, answered, failed, STALE_AFTER_MS } from './load-state';

const gone = { kind: 'unreachable', status: 502, detail: 'connection refused' } as const;

test('a failure before the first answer is shown as such', () => {
  const failure = { error: gone, key: 'a', nowMs: 5 };
  expect(failed({ kind: 'loading' }, failure)).toEqual({ kind: 'failed', error: gone, atMs: 5 });
});

test('data stay when an answer is missing, and are stale after 30 s', () => {
  const ready = answered('data', 'a', 1000);
  const after = (ms: number) => failed(ready, { error: gone, key: 'a', nowMs: 1000 + ms });
  expect(after(STALE_AFTER_MS - 1)).toMatchObject({ kind: 'ready', data: 'data', stale: false, lastError: gone });
  expect(after(STALE_AFTER_MS)).toMatchObject({ kind: 'ready', data: 'data', stale: true });
});

test('data of another question do not stand for an answer that failed', () => {
  expect(failed(answered('data', 'a', 0), { error: gone, key: 'b', nowMs: 1 })).toMatchObject({ kind: 'failed' });
});

test('a right that was taken away hides the data at once', () => {
  const forbidden = { kind: 'forbidden', status: 403, detail: '' } as const;
  const failure = { error: forbidden, key: 'a', nowMs: 1 };
  expect(failed(answered('secret', 'a', 0), failure)).toMatchObject({ kind: 'failed' });
});

test('silence alone makes data stale too: a request may hang', () => {
  const ready = answered('data', 'a', 1000);
  expect(aged(ready, 1000 + STALE_AFTER_MS - 1)).toBe(ready);
  expect(aged(ready, 1000 + STALE_AFTER_MS)).toMatchObject({ stale: true });
  expect(aged({ kind: 'loading' }, 1e9)).toEqual({ kind: 'loading' });
});
