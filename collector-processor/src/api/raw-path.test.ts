import { expect, test } from '@jest/globals';
import { isRefusedPath } from './raw-path.ts';

test.each([
  '//api/v1/tokens',
  '/api//v1/tokens',
  '/api/v1/tokens//',
  '/api/./v1/tokens',
  '/api/v1/x/../tokens',
  '/api/v1/..',
  '/.',
  '/api/v1/%2e%2e/tokens',
  '/api/v1/.%2E/tokens',
  '/api/v1/%2e',
  '/api/v1/..%2ftokens',
  '/api/v1/x%2Ftokens',
  '/api/v1/x%5ctokens',
  '/api/v1/x\\tokens',
  '/api/v1/tokens;x',
  '/api/v1/tokens%3Bx',
  '/api/v1/tokens%00',
  '/api/v1/tokens%0a',
  '/api/v1/%252e%252e/tokens',
  '/api/v1/tokens%',
  '/api/v1/tokens%zz',
  '/api/v1/%ff',
  '/api/v1/tokens\u0000',
  '/api/v1/toke\u00f1s',
  '/api/v1/tok ens',
  '/api/v1/tokens#x',
  'api/v1/tokens',
  'http://sentinel/api/v1/tokens',
  '*',
  '',
])('%j is refused', (target) => {
  expect(isRefusedPath(target)).toBe(true);
});

test.each([
  '/',
  '/healthz',
  '/api/v1/anomalies?q=..%2F..//;\\%00',
  '/api/v1/series/00f1/history',
  '/api/v1/%74okens',
  '/api/v1/tokens/',
  '/api/v1/changes/deploy:1.2-3_4',
  '/api/v1/...',
  '/api/v1/x%C3%B1',
])('%j may be routed', (target) => {
  expect(isRefusedPath(target)).toBe(false);
});
