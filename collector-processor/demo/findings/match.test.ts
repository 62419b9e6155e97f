import { describe, expect, test } from '@jest/globals';
import type { Injection } from '../director/injection.ts';
import type { Fault } from '../faults/fault.ts';
import { latency } from '../faults/latency.ts';
import { memoryLeak } from '../faults/memory-leak.ts';
import { silentService } from '../faults/silent-service.ts';
import { anomaly, type AnomalyPlan } from '../testing/anomaly.ts';
import { judge } from './match.ts';

const during = (fault: Fault): Injection => ({ id: `${fault.name}-1`, fault, startMs: 10_400, endMs: 30_000 });

const kindOf = (plan: AnomalyPlan, injections: readonly Injection[] = [during(latency)]): string =>
  judge(anomaly(plan), injections).kind;

describe('an anomaly is found', () => {
  test('in the faulty service, with an expected signal, measure and direction', () => {
    expect(kindOf({})).toBe('found');
  });

  test('in the caller that the fault fails', () => {
    expect(kindOf({ series: { service: 'checkout', peer: 'payment' } })).toBe('found');
  });

  test('when the bucket that raised it began before the injection, and the oddness still earlier', () => {
    expect(kindOf({ startMs: 7_000, endMs: 10_401 })).toBe('found');
  });

  test('when the bucket that raised it began at the end of the fault', () => {
    expect(kindOf({ endMs: 31_000 })).toBe('found');
  });

  test('while the fault still lasts', () => {
    expect(kindOf({ endMs: 900_000 }, [{ id: 'latency-1', fault: latency, startMs: 10_400 }])).toBe('found');
  });

  test('as a silence that grows longer', () => {
    const series = { service: 'fulfilment', signal: 'metrics', measure: 'silence' } as const;
    expect(kindOf({ series }, [during(silentService)])).toBe('found');
  });

  test('on the queue that the silent worker leaves full', () => {
    const series = { service: 'order-queue', signal: 'metrics', measure: 'value', metric: 'shop.queue.depth' } as const;
    expect(kindOf({ series }, [during(silentService)])).toBe('found');
  });
});

describe('an anomaly is only a side effect', () => {
  test('further away than that caller', () => {
    expect(kindOf({ series: { service: 'storefront' } })).toBe('side_effect');
  });

  test('in the wrong direction', () => {
    expect(kindOf({ direction: 'down' })).toBe('side_effect');
  });

  test('of another measure', () => {
    expect(kindOf({ series: { measure: 'rate' } })).toBe('side_effect');
  });

  test('when it was raised after the fault, until the fault is worked off', () => {
    expect(kindOf({ endMs: 31_001 })).toBe('side_effect');
    expect(kindOf({ endMs: 31_000 + latency.recoveryMs })).toBe('side_effect');
  });

  test('of another metric of the faulty service', () => {
    const series = { service: 'catalog', signal: 'metrics', measure: 'value', metric: 'process.cpu.time' } as const;
    expect(kindOf({ series }, [during(memoryLeak)])).toBe('side_effect');
  });
});

describe('an anomaly is false', () => {
  test('without any fault', () => {
    expect(kindOf({}, [])).toBe('false');
  });

  test('raised before the injection', () => {
    expect(kindOf({ endMs: 10_400 })).toBe('false');
  });

  test('when the fault has been worked off', () => {
    expect(kindOf({ endMs: 31_001 + latency.recoveryMs })).toBe('false');
  });

  test('in a service that the fault does not disturb', () => {
    expect(kindOf({ series: { service: 'payment' } }, [during(memoryLeak)])).toBe('false');
  });
});

test('of two faults in the same service the one that lasted is meant', () => {
  const first: Injection = { ...during(latency), id: 'latency-1', startMs: 1_000, endMs: 2_000 };
  const second: Injection = { ...during(latency), id: 'latency-2' };
  expect(judge(anomaly(), [first, second])).toMatchObject({ kind: 'found', injection: { id: 'latency-2' } });
});
