import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { createDeliveryBench, record } from '../testing/delivery-bench.ts';
import { delivered, refused, settled } from '../testing/scripted-transport.ts';

const texts = ['a', 'b', 'c', 'd', 'e'] as const;

describe('joining', () => {
  test('a request leaves at once while a place is free, and its body is the array that was handed in', () => {
    const { ship, transport } = createDeliveryBench({ max_in_flight: 2 });
    const body = record('a');
    ship('a', { body });
    ship('b');
    expect(transport.sent).toHaveLength(2);
    expect(transport.sent[0]?.parts[0]).toBe(body);
  });

  test('what arrives while all places are taken leaves joined, in order, and each learns its outcome', async () => {
    const { ship, transport, count } = createDeliveryBench();
    const sent = texts.map((text) => ship(text));
    expect(transport.sent).toHaveLength(1);
    await transport.end(delivered);
    expect(Buffer.concat(transport.sent[1]?.parts ?? [])).toEqual(Buffer.concat(texts.slice(1).map(record)));
    expect(sent.map(({ outcome }) => outcome?.kind)).toEqual(['accepted', undefined, undefined, undefined, undefined]);
    await transport.end(delivered);
    expect(sent.map(({ outcome }) => outcome?.kind)).toEqual(texts.map(() => 'accepted'));
    expect(count('sentinel_forward_joined_requests_total')).toBe(4);
  });

  test('requests of different tenants, signals, encodings or compressions are never joined, and take turns', async () => {
    const { ship, transport } = createDeliveryBench();
    ship('first');
    const gzip = { compression: 'gzip', body: gzipSync(record('g')) } as const;
    const json = { encoding: 'json', body: Buffer.from('{}') } as const;
    const changes = [
      { headers: { 'x-scope-orgid': 'a' } },
      { headers: { 'x-scope-orgid': 'b' } },
      { signal: 'traces' as const },
    ];
    for (const change of [...changes, gzip, json]) for (const text of ['1', '2']) ship(text, change);
    for (let turn = 0; turn < 7; turn++) await transport.end(delivered);
    const lanes = transport.sent
      .slice(1)
      .map(({ signal, encoding, compression, headers, parts }) => [
        headers['x-scope-orgid'] ?? '',
        `${signal} ${encoding} ${compression}`,
        parts.length,
      ]);
    expect(lanes).toEqual([
      ['a', 'logs protobuf identity', 2],
      ['b', 'logs protobuf identity', 2],
      ['', 'traces protobuf identity', 2],
      ['', 'logs protobuf gzip', 2],
      ['', 'logs json identity', 1],
      ['', 'logs json identity', 1],
    ]);
  });

  test.each([
    ['zstd', { compression: 'zstd' as const }],
    ['JSON', { encoding: 'json' as const }],
    ['a body cut short', { protobuf: record('a').subarray(0, 9) }],
    ['a body with another field', { protobuf: Buffer.concat([record('a'), Buffer.from([0x12, 0x00])]) }],
  ])('%s travels alone', async (_name, change) => {
    const { ship, transport } = createDeliveryBench();
    ship('first');
    ship('a', change);
    ship('b', change);
    await transport.end(delivered, delivered);
    expect(transport.sent.map(({ parts }) => parts.length)).toEqual([1, 1, 1]);
  });

  test('a joined body stays within max_batch_size, counted inflated', async () => {
    const { ship, transport } = createDeliveryBench({ max_batch_size: `${record('a').length * 3}B` });
    for (const text of [...texts, ...texts]) ship(text, { compression: 'gzip', body: gzipSync(record(text)) });
    for (let turn = 0; turn < 4; turn++) await transport.end(delivered);
    expect(transport.sent.map(({ parts }) => parts.length)).toEqual([1, 3, 3, 3]);
  });

  test('a partial success for one request is its own; for a joined body it is a warning to all, who then travel alone', async () => {
    const { ship, transport, clock, count } = createDeliveryBench();
    const partial = { kind: 'delivered', partial: { rejectedItems: 2, message: 'too old' } } as const;
    const alone = ship('first');
    const joined = ['a', 'b'].map((text) => ship(text));
    await transport.end(partial, partial);
    expect(alone.outcome).toEqual({ kind: 'accepted', partial: { rejectedItems: 2, message: 'too old' } });
    for (const { outcome } of joined) {
      const message = '2 items of 2 requests that were sent together were rejected: too old';
      expect(outcome).toEqual({ kind: 'accepted', partial: { rejectedItems: 0, message, ofSeveral: true } });
    }
    expect(count('sentinel_forward_rejected_items_total')).toBe(4);
    for (const text of texts) ship(text);
    clock.advance(61_000);
    await settled();
    for (const text of texts) ship(text);
    await transport.end(delivered, delivered);
    expect(transport.sent.slice(2).map(({ parts }) => parts.length)).toEqual([1, 5]);
  });
});

describe('refusals', () => {
  test('a refused joined body is halved until the bad request stands alone; the others get through', async () => {
    const { ship, transport, count } = createDeliveryBench();
    ship('first');
    const sent = texts.map((text) => ship(text));
    const bad = record('d');
    await transport.end(delivered);
    while (transport.open > 0) {
      const parts = transport.sent.at(-1)?.parts ?? [];
      const isBad = parts.some((part) => Buffer.compare(part, bad) === 0);
      await transport.end(isBad ? refused() : delivered);
    }
    expect(sent.map(({ outcome }) => outcome?.kind)).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'refused',
      'accepted',
    ]);
    expect(sent[3]?.outcome).toMatchObject({ cause: 'malformed', reason: 'HTTP 400: no' });
    expect(count('sentinel_forward_bisected_total')).toBe(3);
  });

  test('a joined body that is too large is split, a single one is the sender’s to split', async () => {
    const { ship, transport } = createDeliveryBench();
    const first = ship('first');
    const sent = ['a', 'b'].map((text) => ship(text));
    await transport.end(refused(413), refused(413), delivered, delivered);
    expect(first.outcome).toMatchObject({ kind: 'refused', cause: 'too_large' });
    expect(sent.map(({ outcome }) => outcome?.kind)).toEqual(['accepted', 'accepted']);
  });

  test.each([301, 401, 403, 404, 501])(
    '%d means our own settings: the sender keeps its data, and it is counted',
    async (status) => {
      const { ship, transport, count } = createDeliveryBench();
      const sent = ship('a');
      await transport.end(refused(status));
      expect(sent.outcome).toMatchObject({ kind: 'retry' });
      expect(transport.open).toBe(0);
      expect(count('sentinel_forward_misconfigured_total', { status: String(status) })).toBe(1);
    },
  );

  test('a refusal for want of items is a success', async () => {
    const { ship, transport } = createDeliveryBench();
    const sent = ship('a');
    await transport.end(refused(422));
    expect(sent.outcome).toEqual({ kind: 'accepted' });
  });
});
