import { expect, test } from '@jest/globals';
import { withWindow } from './parse-query.ts';
import { windowQuery } from './window-query.ts';

test('a query that names the window is taken as it is, and says whether it counts or rates', () => {
  const text = 'sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))';
  expect(windowQuery(text)).toEqual({ kind: 'query', query: { text, counts: 'events-per-second' } });
  const counted = 'sum(increase(http_requests_total[{{ .window }}]))';
  expect(windowQuery(counted)).toEqual({ kind: 'query', query: { text: counted, counts: 'events' } });
  expect(withWindow(counted, '1h')).toBe('sum(increase(http_requests_total[1h]))');
});

test('what a query counts is not guessed where it mixes rates and counts', () => {
  const text = 'sum(rate(a[{{.window}}])) + sum(increase(b[{{.window}}]))';
  expect(windowQuery(text)).toMatchObject({ query: { counts: 'unknown' } });
});

test('selectors without a range are counted over the window, braces and colons in names and all', () => {
  expect(windowQuery('sum by (handler) (http_requests_total{code=~"5.."}) + job:errors:total')).toEqual({
    kind: 'query',
    query: {
      text: 'sum by (handler) (increase(http_requests_total{code=~"5.."}[{{.window}}])) + increase(job:errors:total[{{.window}}])',
      counts: 'events',
    },
  });
  expect(windowQuery('up', 'gauges')).toMatchObject({ query: { text: 'sum_over_time(up[{{.window}}])' } });
});

test('a query that cannot be used is refused with the place or the remedy', () => {
  expect(windowQuery('sum(rate(x{a=}[5m]))')).toMatchObject({
    kind: 'fault',
    message: expect.stringContaining('no PromQL from character 14 on'),
  });
  expect(windowQuery('sum(rate(x[5m]))')).toMatchObject({ kind: 'fault', message: expect.stringContaining('5m') });
  expect(windowQuery('1 + 2')).toMatchObject({ kind: 'fault', message: 'The query reads no series.' });
  expect(windowQuery('  ')).toMatchObject({ kind: 'fault' });
});
