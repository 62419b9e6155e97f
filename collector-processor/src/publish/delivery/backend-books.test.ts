import { expect, test } from '@jest/globals';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { BackendBooks } from './backend-books.ts';

test('what may go wrong with a backend is counted from zero on', () => {
  const metrics = createSelfMetrics();
  const common = { clock: systemClock, logger: silentLogger, metrics };
  const books = new BackendBooks({ stage: 'forward', name: 'loki', ...common });
  const value = (name: string, labels: object) =>
    metrics
      .samples()
      .find((found) => found.name === name && Object.entries(labels).every(([key, text]) => found.labels[key] === text))
      ?.value;
  expect(value('sentinel_forward_reencoded_total', { reason: 'zstd' })).toBe(0);
  expect(value('sentinel_forward_breaker_opened_total', { backend: 'loki' })).toBe(0);
  expect(value('sentinel_forward_misconfigured_total', { status: '401' })).toBe(0);
  books.reencoded('zstd');
  books.breakerChanged('open');
  books.misconfigured(401, 'no');
  expect(value('sentinel_forward_reencoded_total', { reason: 'zstd' })).toBe(1);
  expect(value('sentinel_forward_breaker_opened_total', { backend: 'loki' })).toBe(1);
  expect(value('sentinel_forward_misconfigured_total', { status: '401' })).toBe(1);
});
