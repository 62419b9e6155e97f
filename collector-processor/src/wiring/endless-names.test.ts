import { describe, expect, test } from '@jest/globals';
import { createDecoder } from '../decode/decoder.ts';
import type { SpanColumns } from '../model/columns.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { createWorld, START_MS, type World } from '../score/testing/world.ts';
import { decodeOptions } from '../testing/decode-options.ts';
import { span } from '../testing/telemetry-builder-items.ts';
import { traceBytes } from '../testing/telemetry-builder.ts';

/** Four times what the table of strings holds. */
const NAMES = 60_000;
const SPANS = 1_000;
const MAX_SYMBOLS = 15_000;
const DIGITS = '0000000';

/** Requests of one service in which no span's name comes twice: one body whose digits are counted up in place. */
function createNoise(endMs: number): () => Uint8Array {
  const spans = Array.from({ length: SPANS }, () => span({ name: `GET /user/${DIGITS}`, endMs }));
  const body = Buffer.from(traceBytes(spans, { resource: { 'service.name': 'noisy' } }));
  const places: number[] = [];
  for (let at = body.indexOf(DIGITS); at >= 0; at = body.indexOf(DIGITS, at + DIGITS.length)) places.push(at);
  let names = 0;
  return () => {
    for (const place of places) body.write(String(++names).padStart(DIGITS.length, '0'), place, 'latin1');
    return body;
  };
}

function createPipeline() {
  const decodeMetrics = createSelfMetrics();
  const options = decodeOptions({ maxSymbols: MAX_SYMBOLS, maxItems: 20_000 });
  const decoder = createDecoder({ options, metrics: decodeMetrics });
  const world = createWorld({ maxSeries: 5_000 });
  const read = (bytes: Uint8Array): SpanColumns => {
    const result = decoder.decode('traces', bytes);
    if (result.kind !== 'columns' || result.columns.signal !== 'traces') throw new Error(JSON.stringify(result));
    return result.columns;
  };
  const counted = (name: string) => decodeMetrics.samples().find((sample) => sample.name === name)?.value;
  return { world, counted, read, take: (bytes: Uint8Array) => world.engine.accept(read(bytes), '') };
}

/** A service that was never seen before, for 60 buckets. */
function serveQuietly(world: World, take: (bytes: Uint8Array) => void): void {
  for (let bucket = 0; bucket < 60; bucket++) {
    const endMs = world.nowMs() + 1;
    const spans = Array.from({ length: 20 }, (_, i) => span({ name: 'GET /new', endMs, durationMs: 20 + (i % 5) }));
    take(traceBytes(spans, { resource: { 'service.name': 'quiet' } }));
    world.advance(1000);
  }
}

describe('a service whose span names never end', () => {
  const { world, counted, read, take } = createPipeline();
  const noise = createNoise(START_MS + 1);
  for (let request = 0; request < NAMES / SPANS; request++) take(noise());

  test('is held to its operations, and coverage says so', () => {
    const operations = [...world.engine.series.from(0)].filter(({ measure }) => measure === 'rate');
    // The service itself, its operations, and all others as one.
    expect(operations).toHaveLength(1 + world.options.maxOperations + 1);
    const sentence = 'noisy has more than 200 operations; the rest is watched as one.';
    expect(world.engine.coverage.limits()).toEqual([sentence]);
    const entries = [...world.engine.coverage.entries(0)].map(({ item }) => item);
    expect(entries.filter(({ why }) => why === sentence)).toMatchObject([{ service: 'noisy', state: 'unsuitable' }]);
    expect(world.counter('sentinel_score_names_overflowed_total', 'operations')).toBeGreaterThan(0.9 * NAMES);
  });

  test('leaves every name readable: the table of strings starts anew when it is full', () => {
    expect(counted('sentinel_decode_symbols_overflowed_total')).toBe(0);
    expect(counted('sentinel_decode_symbols_renewed_total')).toBeGreaterThan(3);
    expect(counted('sentinel_decode_symbols')).toBeLessThan(MAX_SYMBOLS);
    const { symbols, name } = read(traceBytes([span({ name: 'GET /never-seen' })]));
    expect(symbols.text(name[0]!)).toBe('GET /never-seen');
  });

  test('does not hide a service that comes afterwards: its operation is scored under its own name', () => {
    serveQuietly(world, take);
    const entries = [...world.engine.coverage.entries(0)].map(({ item }) => item);
    const rate = entries.find(({ service, title }) => service === 'quiet' && title.includes('GET /new'));
    expect(rate).toMatchObject({ state: 'scored' });
    for (let bucket = 0; bucket < 10; bucket++) {
      const endMs = world.nowMs() + 1;
      const slow = Array.from({ length: 20 }, () => span({ name: 'GET /new', endMs, durationMs: 900 }));
      take(traceBytes(slow, { resource: { 'service.name': 'quiet' } }));
      world.advance(1000);
    }
    expect(world.opened().map(({ series }) => [series.service, series.operation])).toContainEqual([
      'quiet',
      'GET /new',
    ]);
  });

  test('is forgotten as crowded once it behaves', () => {
    world.setNow(world.nowMs() + 2 * world.options.idleAfter);
    expect(world.engine.coverage.limits()).toEqual([]);
  });
});
