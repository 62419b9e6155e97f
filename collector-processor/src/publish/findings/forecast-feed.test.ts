import { expect, test } from '@jest/globals';
import type { Forecast } from '../../model/forecast.ts';
import { decodeMessage } from '../../model/otlp/decode-message.ts';
import { createMask } from '../../runtime/masking.ts';
import { aSeries, NOON } from '../../store/testing/builders.ts';
import { createForecastFeed } from './forecast-feed.ts';
import { openPublisher } from './testing/publisher-bench.ts';

const forecast: Forecast = {
  series: aSeries({
    ...{ signal: 'metrics', measure: 'days_left', metric: 'system.filesystem.usage', unit: 'd', service: 'db' },
    attributes: { 'system.filesystem.mountpoint': '/var' },
  }),
  ...{ kind: 'disk', unit: 'By', title: 'Disk /var of db', state: 'filling', sentence: '', timeMs: NOON },
  ...{ used: 71, capacity: 100, perDay: 9, left: { soonest: 2.1, expected: 3.2, latest: NaN } },
  at: [{ offset: '1d', timeMs: NOON, expected: 80, lower: 75, upper: 85 }],
};

function published(sourceNaming: 'verbatim' | 'prometheus' = 'verbatim') {
  const encode = createForecastFeed({
    options: {
      ...{ enabled: true, series: [], minScore: 0, linger: 0, always: [], maxSeries: 1, sourceNaming },
      ...{ maxAttributes: 16, maxAttributeLength: 128 },
    },
    mask: createMask([]),
  });
  const decoded = decodeMessage('ExportMetricsServiceRequest', encode([forecast]));
  if (decoded.kind !== 'message') throw new Error('no message');
  return (decoded.message.resourceMetrics?.[0]?.scopeMetrics?.[0]?.metrics ?? []).flatMap(({ name = '', gauge }) =>
    (gauge?.dataPoints ?? []).map(({ asDouble, attributes = [] }) => ({
      ...{ name, value: asDouble },
      labels: Object.fromEntries(attributes.map(({ key = '', value }): [string, unknown] => [key, value?.stringValue])),
    })),
  );
}

test('forecasts bear the names of vmanomaly, days left stand beside them, and what cannot be seen has no point', () => {
  expect(published().map(({ name, value }) => [name, value])).toEqual([
    ['days_left', 3.2],
    ['days_left_lower', 2.1],
    ['yhat_1d', 80],
    ['yhat_lower_1d', 75],
    ['yhat_upper_1d', 85],
  ]);
});

test('their labels say whose and of what, in the naming of the store', () => {
  const labels = {
    service_name: 'db',
    resource_kind: 'disk',
    system_filesystem_mountpoint: '/var',
    series_id: forecast.series.id,
  };
  expect(published()[0]?.labels).toMatchObject({ ...labels, for: 'system.filesystem.usage' });
  expect(published('prometheus')[0]?.labels).toMatchObject({ ...labels, for: 'system_filesystem_usage_bytes' });
});

test('the publisher sends them as metrics, and nothing when score series are switched off or nobody takes metrics', async () => {
  const on = await openPublisher();
  on.publisher.forecasts([forecast]);
  await on.publisher.stop();
  expect(on.sent.map(({ signal }) => signal)).toEqual(['metrics']);
  const nobody = await openPublisher({}, ['logs']);
  nobody.publisher.forecasts([forecast]);
  await nobody.publisher.stop();
  expect(nobody.sent).toEqual([]);
});
