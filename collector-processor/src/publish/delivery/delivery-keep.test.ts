import { describe, expect, jest, test } from '@jest/globals';
import { createDeliveryBench } from '../testing/delivery-bench.ts';
import { delivered, failed, settled } from '../testing/scripted-transport.ts';

describe('memory of a body', () => {
  test('may be reused when it was delivered at the first attempt, whole', async () => {
    const keep = jest.fn();
    const { ship, transport } = createDeliveryBench();
    ship('a', { keep });
    await transport.end(delivered);
    expect(keep).not.toHaveBeenCalled();
  });

  test('may not when the answer came before its last byte had left', async () => {
    const order: string[] = [];
    const { ship, transport } = createDeliveryBench();
    ship('a', { keep: () => order.push('keep'), settle: () => order.push('settle') });
    await transport.end({ kind: 'delivered', unflushed: true });
    expect(order).toEqual(['keep', 'settle']);
  });

  test('may not after an attempt that failed, though a later one succeeds', async () => {
    const keep = jest.fn();
    const { ship, transport, clock } = createDeliveryBench({ retry: { initial_interval: '100ms' } });
    const sent = ship('a', { keep });
    await transport.end(failed());
    expect(keep).toHaveBeenCalledTimes(1);
    clock.advance(100);
    await settled();
    await transport.end(delivered);
    expect(sent.outcome).toEqual({ kind: 'accepted' });
  });

  test('may not after a refusal', async () => {
    const keep = jest.fn();
    const { ship, transport } = createDeliveryBench();
    ship('a', { keep });
    await transport.end({ kind: 'refused', status: 400, reason: 'no' });
    expect(keep).toHaveBeenCalled();
  });
});
