import { describe, expect, test } from '@jest/globals';
import { createDeliveryBench } from '../testing/delivery-bench.ts';
import { delivered, failed, settled } from '../testing/scripted-transport.ts';

const texts = ['a', 'b', 'c'] as const;

describe('retries', () => {
  test('a failed request is sent again after its pause, without holding its place meanwhile', async () => {
    const { ship, transport, clock } = createDeliveryBench({ retry: { initial_interval: '100ms' } });
    const slow = ship('a');
    await transport.end(failed());
    const other = ship('b');
    await transport.end(delivered);
    expect([slow.outcome, other.outcome]).toEqual([undefined, { kind: 'accepted' }]);
    clock.advance(49);
    await settled();
    expect(transport.open).toBe(0);
    clock.advance(1);
    await settled();
    await transport.end(delivered);
    expect(slow.outcome).toEqual({ kind: 'accepted' });
  });

  test('after max_elapsed the sender is told to repeat, with what the backend said', async () => {
    const { ship, transport, clock } = createDeliveryBench({
      retry: { max_elapsed: '1s' },
      breaker: { consecutive_failures: 99 },
    });
    const sent = ship('a');
    for (let attempt = 0; attempt < 50 && transport.open > 0; attempt++) {
      await transport.end(failed());
      clock.advance(400);
      await settled();
    }
    expect(sent.outcome).toEqual({ kind: 'retry', reason: 'HTTP 503' });
    expect(transport.sent.length).toBeGreaterThan(2);
  });

  test('Retry-After beyond the sender’s patience goes straight back to it', async () => {
    const { ship, transport } = createDeliveryBench();
    const sent = ship('a');
    await transport.end(failed({ retryAfterMs: 30_000 }));
    expect(sent.outcome).toEqual({ kind: 'retry', reason: 'HTTP 503', retryAfterMs: 30_000 });
  });

  test('Retry-After holds back the tenant it was said to, and nobody else', async () => {
    const { ship, transport, clock } = createDeliveryBench();
    const [noisy, quiet] = [{ headers: { 'x-scope-orgid': 'noisy' } }, { headers: { 'x-scope-orgid': 'quiet' } }];
    ship('a', noisy);
    await transport.end(failed({ throttled: true, retryAfterMs: 2000 }));
    ship('b', noisy);
    ship('c', quiet);
    expect(transport.sent.map(({ headers }) => headers['x-scope-orgid'])).toEqual(['noisy', 'quiet']);
    await transport.end(delivered);
    clock.advance(2000);
    await settled();
    expect(transport.sent[2]).toMatchObject(noisy);
  });

  test('an absurd Retry-After silences a lane for no longer than a minute', async () => {
    const { ship, transport, clock } = createDeliveryBench();
    const first = ship('a');
    await transport.end(failed({ throttled: true, retryAfterMs: 1e9 }));
    for (const { outcome } of [first, ship('b')])
      expect(outcome).toMatchObject({ kind: 'retry', retryAfterMs: 60_000 });
    clock.advance(60_000);
    await settled();
    ship('c');
    expect(transport.open).toBe(1);
  });

  test('a body that failed twice travels alone, because it may be what its neighbours fail with', async () => {
    const { ship, transport, clock } = createDeliveryBench({ breaker: { consecutive_failures: 99 } });
    ship('first');
    ship('poison');
    ship('neighbour');
    await transport.end(delivered);
    for (let round = 0; round < 2; round++) {
      await transport.end(failed());
      clock.advance(100);
      await settled();
    }
    await transport.end(delivered, delivered);
    expect(transport.sent.map(({ parts }) => parts.length)).toEqual([1, 2, 2, 1, 1]);
  });

  test('a request whose sender went away is not sent again, and not sent at all when it still waits', async () => {
    const { ship, transport, clock } = createDeliveryBench();
    const gone = new AbortController();
    const failing = ship('a', { abandoned: gone.signal });
    await transport.end(failed());
    ship('b');
    const waiting = ship('c', { abandoned: gone.signal });
    gone.abort();
    clock.advance(500);
    await settled();
    expect([failing.outcome?.kind, waiting.outcome?.kind]).toEqual(['retry', 'retry']);
    expect(transport.sent).toHaveLength(2);
  });
});

describe('bounds', () => {
  test('beyond max_requests the sender is told to come back', () => {
    const { ship, queue, count } = createDeliveryBench({ queue: { max_requests: 2 } });
    ship('a');
    ship('b');
    expect(ship('c').outcome).toMatchObject({ kind: 'retry', retryAfterMs: 1000 });
    expect(queue.heldRequests).toBe(2);
    expect(count('sentinel_forward_queue_full_total')).toBe(1);
  });

  test('what is held is the body and its inflated form, when they are two', () => {
    const { ship, queue } = createDeliveryBench({ max_in_flight: 2 });
    const body = Buffer.alloc(10);
    ship('a', { body, protobuf: body });
    ship('b', { body, protobuf: Buffer.alloc(1000), compression: 'gzip' });
    expect(queue.heldBytes).toBe(1020);
  });

  test('beyond max_size too; but one request alone may be larger', async () => {
    const { ship, transport, queue } = createDeliveryBench({ queue: { max_size: '10B' } });
    const large = ship('a');
    expect(ship('b').outcome?.kind).toBe('retry');
    await transport.end(delivered);
    expect(large.outcome?.kind).toBe('accepted');
    expect([queue.heldBytes, queue.heldRequests]).toEqual([0, 0]);
  });

  test('what waits longer than max_elapsed for a place goes back to its sender', async () => {
    const { ship, clock } = createDeliveryBench({ retry: { max_elapsed: '1s' } });
    const stuck = ship('a');
    const waiting = ship('b');
    for (let step = 0; step < 4; step++) {
      clock.advance(500);
      await settled();
    }
    expect([stuck.outcome, waiting.outcome?.kind]).toEqual([undefined, 'retry']);
  });
});

describe('breaker', () => {
  test('opens after failures in a row; then the sender learns it at once, until a probe gets through', async () => {
    const { ship, transport, clock, breaker, count } = createDeliveryBench({
      breaker: { consecutive_failures: 2, open_for: '5s' },
    });
    const first = ship('a');
    await transport.end(failed());
    clock.advance(100);
    await settled();
    await transport.end(failed());
    expect(first.outcome?.kind).toBe('retry');
    expect(ship('b').outcome).toEqual({ kind: 'retry', reason: 'the backend fails: HTTP 503', retryAfterMs: 5000 });
    clock.advance(5000);
    const probe = ship('c');
    expect(ship('d').outcome).toBeUndefined();
    expect([breaker.state, transport.open]).toEqual(['half_open', 1]);
    await transport.end(delivered);
    expect([probe.outcome?.kind, breaker.state]).toEqual(['accepted', 'closed']);
    expect(count('sentinel_forward_breaker_opened_total')).toBe(1);
  });

  test('whatever waits when it opens goes back to its senders', async () => {
    const { ship, transport } = createDeliveryBench({ breaker: { consecutive_failures: 1 } });
    const sent = texts.map((text) => ship(text));
    await transport.end(failed());
    expect(sent.map(({ outcome }) => outcome?.kind)).toEqual(texts.map(() => 'retry'));
    expect(transport.sent).toHaveLength(1);
  });

  test('a throttled tenant does not open it', async () => {
    const { ship, transport, breaker } = createDeliveryBench({ breaker: { consecutive_failures: 1 } });
    ship('a');
    await transport.end(failed({ throttled: true }));
    expect(breaker.state).toBe('closed');
  });
});

describe('drain', () => {
  test('waits for what is under way, then takes nothing more', async () => {
    const { ship, transport, queue } = createDeliveryBench();
    const sent = ship('a');
    const draining = queue.drain(10_000);
    await transport.end(delivered);
    await draining;
    expect(sent.outcome?.kind).toBe('accepted');
    expect(ship('b').outcome).toMatchObject({ kind: 'retry', reason: 'Sentinel is stopping' });
  });

  test('gives back what is left when its time is over, and loses nothing', async () => {
    const { ship, transport, queue, clock } = createDeliveryBench({ max_in_flight: 2 });
    const failing = ship('a');
    await transport.end(failed());
    const sent = texts.map((text) => ship(text));
    const draining = queue.drain(10);
    clock.advance(10);
    await draining;
    await transport.close();
    expect([failing, ...sent].map(({ outcome }) => outcome?.kind)).toEqual(['a', ...texts].map(() => 'retry'));
    expect(queue.heldRequests).toBe(0);
  });
});
