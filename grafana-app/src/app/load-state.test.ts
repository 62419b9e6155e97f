import { expect, test } from '@jest/globals';
import { answered, failed, STALE_AFTER_MS } from './load-state';

const gone = { kind: 'unreachable', status: 502, detail: 'connection refused' } as const;

test('a failure before the first answer is shown as such', () => {
  expect(failed({ kind: 'loading' }, gone, 5)).toEqual({ kind: 'failed', error: gone, atMs: 5 });
});

test('data stay when an answer is missing, and are stale after 30 s', () => {
  const ready = answered('data', 1000);
  expect(failed(ready, gone, 1000 + STALE_AFTER_MS - 1)).toMatchObject({ kind: 'ready', data: 'data', stale: false });
  expect(failed(ready, gone, 1000 + STALE_AFTER_MS)).toMatchObject({ kind: 'ready', data: 'data', stale: true });
});

test('a right that was taken away hides the data at once', () => {
  const forbidden = { kind: 'forbidden', status: 403, detail: '' } as const;
  expect(failed(answered('secret', 0), forbidden, 1)).toMatchObject({ kind: 'failed' });
});
