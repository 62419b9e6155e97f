import { expect, test } from '@jest/globals';
import { createWorld } from './testing/world.ts';

test('records of many services are counted for their own service and severity', () => {
  const world = createWorld();
  const severities = [5, 9, 13, 17];
  // Each severity of each service comes in a number of its own.
  const sent = new Map<string, number>();
  for (let service = 0; service < 32; service++) {
    const name = `service-${service}`;
    severities.forEach((severity, index) => {
      const count = 1 + 4 * service + index;
      const records = Array.from({ length: count }, () => ({
        timeMs: world.nowMs() + 1,
        body: 'served',
        severity,
      }));
      world.logs({ service: name }, records);
      sent.set(`${name} ${['DEBUG', 'INFO', 'WARN', 'ERROR'][index] ?? ''}`, count);
    });
  }
  world.advance(3000);
  const rates = [...world.engine.series.from(0)].filter(({ measure }) => measure === 'severity_rate');
  const seen = rates.map(({ series, lastValue }) => [`${series.service} ${series.severity ?? ''}`, lastValue] as const);
  expect(new Map(seen)).toEqual(sent);
});

test('spans of many services are counted for their own service and operation', () => {
  const world = createWorld();
  const sent = new Map<string, number>();
  for (let service = 0; service < 32; service++) {
    for (let operation = 0; operation < 8; operation++) {
      const count = 1 + 8 * service + operation;
      const name = `operation-${operation}`;
      const spans = Array.from({ length: count }, () => ({ name, kind: 2, endMs: world.nowMs() + 1, durationMs: 5 }));
      world.spans({ service: `service-${service}` }, spans);
      sent.set(`service-${service} ${name}`, count);
    }
  }
  world.advance(3000);
  const rates = [...world.engine.series.from(0)].filter(
    ({ measure, series }) => measure === 'rate' && series.operation,
  );
  const seen = rates.map(
    ({ series, lastValue }) => [`${series.service} ${series.operation ?? ''}`, lastValue] as const,
  );
  expect(new Map(seen)).toEqual(sent);
});
