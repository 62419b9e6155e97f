import { expect, test } from '@jest/globals';
import { readTexts as read } from './testing/read-texts.ts';

const own = (slo: string) => `version: sentinel/v1\nslos:\n  - ${slo}\n`;
const base = 'name: checkout\n    service: checkout\n    objective: 99.5\n    ';

test('requests that Sentinel sees need no query', () => {
  const { objectives, problems } = read(
    own(
      `${base}window: month\n    time_zone: Europe/Berlin\n    indicator: { requests: { operation: POST /pay, slower_than: 300ms } }`,
    ),
  );
  expect(problems).toEqual([]);
  expect(objectives[0]).toMatchObject({
    indicator: {
      kind: 'requests',
      requests: { service: 'checkout', operation: 'POST /pay' },
      bad: { kind: 'slower', thanMs: 300 },
    },
    window: { kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' },
    place: { file: 'a.yaml', line: 3 },
  });
});

test('ratios and thresholds take PromQL; guards and alerts can be set', () => {
  const ratio = read(
    own(
      `${base}indicator: { ratio: { good: sum(a), total: sum(b) } }\n    alerts: { min_events: 10, page: { enabled: false } }`,
    ),
  );
  expect(ratio.objectives[0]).toMatchObject({
    indicator: { kind: 'events', outcome: 'good' },
    alerting: { minEvents: 10, minFailures: 3, page: { enabled: false }, ticket: { enabled: true } },
  });
  const threshold = read(own(`${base}indicator: { threshold: { query: queue_length, is: '<', value: 100 } }`));
  expect(threshold.objectives[0]?.indicator).toEqual({
    kind: 'slices',
    bad: '(queue_length) >= bool 100',
    sliceMs: 60_000,
  });
});

test.each([
  ['window: fortnight\n    indicator: { requests: {} }', '"fortnight" is no window', 'slos.0.window'],
  ['window: week\n    time_zone: Mars\n    indicator: { requests: {} }', 'no time zone Mars', 'slos.0.time_zone'],
  ['indicator: {}', 'An indicator is one of', 'slos.0.indicator'],
  ['indicator: { ratio: { total: b } }', 'A ratio has total and one of', 'slos.0.indicator.ratio'],
  ['indicator: { requests: { slower_than: soon } }', '"soon" is no length', 'slos.0.indicator.requests.slower_than'],
])('%s is refused', (text, message, path) => {
  expect(read(own(base + text)).problems).toEqual([
    expect.objectContaining({ path, message: expect.stringContaining(message) }),
  ]);
});
