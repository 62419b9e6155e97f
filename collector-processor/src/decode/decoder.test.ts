import { describe, expect, test } from '@jest/globals';
import { type SpanColumns } from '../model/columns.ts';
import { decodeMessage } from '../model/otlp/decode-message.ts';
import { encodeMessage } from '../model/otlp/encode.ts';
import { type Plain } from '../model/otlp/plain-message.ts';
import { type Signal, signals } from '../model/signal.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { decodeOptions } from '../testing/decode-options.ts';
import { logRecord, span } from '../testing/telemetry-builder-items.ts';
import { attributes, logsBytes, traceBytes } from '../testing/telemetry-builder.ts';
import { type DecodeOptions } from './decode-options.ts';
import { createDecoder } from './decoder.ts';

function setUp(changed: Partial<DecodeOptions> = {}) {
  const metrics = createSelfMetrics();
  const decoder = createDecoder({ options: decodeOptions(changed), metrics });
  const counted = (name: string) =>
    metrics
      .samples()
      .filter((sample) => sample.name.startsWith(name))
      .reduce((sum, { value }) => sum + value, 0);
  return { decoder, counted };
}

function spansOf(bytes: Uint8Array, changed: Partial<DecodeOptions> = {}): SpanColumns {
  const result = setUp(changed).decoder.decode('traces', bytes);
  if (result.kind !== 'columns' || result.columns.signal !== 'traces') throw new Error(JSON.stringify(result));
  return result.columns;
}

function hex(...parts: string[]): Buffer {
  return Buffer.from(parts.join(''), 'hex');
}

/** An outer block around a message, for any length. */
function block(number: number, bytes: Uint8Array): Buffer {
  const length: number[] = [];
  let rest = bytes.length;
  for (; rest >= 128; rest >>= 7) length.push((rest & 127) | 128);
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length, rest]), bytes]);
}

describe('where things stand in the request', () => {
  const resource = { attributes: attributes({ 'service.name': 'late' }) };
  const spans = block(2, encodeMessage('ScopeSpans', { scope: { name: 'lib' }, spans: [span(), span()] }));

  test.each<Signal>([...signals])('an empty %s request has no items', (signal) => {
    const result = setUp().decoder.decode(signal, new Uint8Array(0));
    expect(result).toMatchObject({ kind: 'columns', columns: { count: 0, skipped: 0, signal } });
  });

  test('a resource behind its spans is theirs', () => {
    const request = block(1, Buffer.concat([spans, block(1, encodeMessage('Resource', resource))]));
    const columns = spansOf(request);
    expect(columns.count).toBe(2);
    expect(columns.resources[columns.resource[1]!]?.service).toBe('late');
  });

  test('a resource in two parts is one', () => {
    const rest = { attributes: attributes({ 'service.version': '2' }) };
    const parts = [block(1, encodeMessage('Resource', resource)), spans, block(1, encodeMessage('Resource', rest))];
    const columns = spansOf(block(1, Buffer.concat(parts)));
    expect([...columns.resources[0]!.attributes]).toEqual([
      ['service.name', 'late'],
      ['service.version', '2'],
    ]);
  });

  test('blocks of one resource share a row, blocks without one have a resource without attributes', () => {
    const whole = Buffer.concat([block(1, encodeMessage('Resource', resource)), spans]);
    const columns = spansOf(Buffer.concat([block(1, whole), block(1, spans), block(1, whole)]));
    expect([...columns.resource.subarray(0, columns.count)]).toEqual([0, 0, 1, 1, 0, 0]);
    expect(columns.resources.map(({ service }) => service)).toEqual(['late', 'unknown_service']);
  });

  test('a scope behind its spans, and none', () => {
    const scope = block(1, encodeMessage('InstrumentationScope', { name: 'lib' }));
    const inner = block(2, encodeMessage('Span', span()));
    const request = block(1, Buffer.concat([block(2, Buffer.concat([inner, scope])), block(2, inner)]));
    const columns = spansOf(request);
    expect([...columns.scopeName.subarray(0, 2)].map((id) => columns.symbols.text(id))).toEqual(['lib', '']);
  });

  test('rows point at the bytes of their items', () => {
    const columns = spansOf(traceBytes([span({ name: 'a' }), span({ name: 'b' })]));
    const item = columns.payload.subarray(columns.itemStart[1], columns.itemEnd[1]);
    expect(Buffer.from(item)).toEqual(Buffer.from(encodeMessage('Span', span({ name: 'b' }))));
  });
});

test('a visitor is a user rather than a session, whatever comes first', () => {
  const hashOf = (given: Record<string, string>): number =>
    spansOf(traceBytes([span({ attributes: given })])).visitorHash[0] ?? NaN;
  const user = hashOf({ 'user.id': 'u' });
  expect(user).not.toBe(0);
  expect([
    hashOf({ 'session.id': 's', 'user.id': 'u' }),
    hashOf({ 'enduser.id': 'u', 'session.id': 's' }),
    hashOf({ 'user.id': '', 'session.id': 'u' }),
  ]).toEqual([user, user, user]);
  expect(hashOf({ 'user.name': 'u' })).toBe(0);
});

describe('columns are reused', () => {
  test('nothing of an earlier span shows in a barer one', () => {
    const { decoder } = setUp({ sampleRateAttribute: 'SampleRate' });
    const rich: Plain<'Span'> = {
      ...span({ attributes: { 'http.route': '/a', SampleRate: 5, 'session.id': 's' }, flags: 1, status: { code: 2 } }),
      links: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }],
      events: [{ name: 'exception', attributes: attributes({ 'exception.type': 'E' }) }],
    };
    decoder.decode('traces', traceBytes([rich]));
    const result = decoder.decode('traces', traceBytes([{}]));
    if (result.kind !== 'columns' || result.columns.signal !== 'traces') throw new Error('refused');
    const { columns } = result;
    const row = [columns.name, columns.kind, columns.statusCode, columns.flags, columns.linkCount, columns.endMs];
    expect(row.map((column) => column[0])).toEqual([0, 0, 0, 0, 0, 0]);
    expect([columns.exceptionType, columns.exceptionCount, columns.projected].map((column) => column[0])).toEqual([
      0, 0, 0,
    ]);
    expect([columns.weight[0], columns.weightStated[0], columns.visitorHash[0]]).toEqual([1, 0, 0]);
    expect([columns.startNano[0], columns.endNano[0], columns.durationNs[0]]).toEqual([0n, 0n, NaN]);
    expect([...columns.traceId.subarray(0, 16)].some((byte) => byte !== 0)).toBe(false);
  });

  test('many spans grow them, and all are right', () => {
    const spans = Array.from({ length: 5000 }, (_, i) => span({ name: `n${i % 700}`, endMs: i + 1, durationMs: 1 }));
    const columns = spansOf(traceBytes(spans));
    expect(columns.count).toBe(5000);
    for (const row of [0, 1023, 1024, 4999]) {
      expect([columns.endMs[row], columns.symbols.text(columns.name[row]!)]).toEqual([row + 1, `n${row % 700}`]);
    }
  });

  test('large batches do not keep their memory for ever', () => {
    const { decoder } = setUp();
    const capacity = () => {
      const result = decoder.decode('logs', logsBytes([logRecord()]));
      return result.kind === 'columns' ? result.columns.resource.length : 0;
    };
    decoder.decode('logs', logsBytes(Array.from({ length: 9000 }, () => logRecord())));
    expect(capacity()).toBeGreaterThanOrEqual(9000);
    for (let i = 0; i < 600; i++) capacity();
    expect(capacity()).toBe(1024);
  });
});

describe('limits', () => {
  test('items beyond the limit are counted, not read', () => {
    const { decoder, counted } = setUp({ maxItems: 3 });
    const result = decoder.decode('logs', logsBytes(Array.from({ length: 5 }, () => logRecord())));
    expect(result).toMatchObject({ columns: { count: 3, skipped: 2 } });
    expect(counted('sentinel_decode_items_total')).toBe(3);
    expect(counted('sentinel_decode_items_skipped_total')).toBe(2);
  });

  test('items beyond the limit must still be well formed', () => {
    const request = Buffer.concat([logsBytes([logRecord(), logRecord()]), hex('0a0412021203')]);
    expect(setUp({ maxItems: 1 }).decoder.decode('logs', request).kind).toBe('malformed');
  });

  test('links beyond the limit are left out and counted', () => {
    const { decoder, counted } = setUp({ maxDetails: 1 });
    const link = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
    const result = decoder.decode('traces', traceBytes([{ links: [link, link] }]));
    expect(result.kind === 'columns' && result.columns.signal === 'traces' && result.columns.linkCount[0]).toBe(1);
    expect(counted('sentinel_decode_details_skipped_total')).toBe(1);
  });

  test('items of resources beyond the limit are counted as skipped', () => {
    const block = (name: string) => traceBytes([span()], { resource: { 'service.name': name } });
    const result = setUp({ maxResources: 2 }).decoder.decode('traces', Buffer.concat(['a', 'b', 'c', 'a'].map(block)));
    expect(result).toMatchObject({
      columns: { count: 3, skipped: 1, resources: [{ service: 'a' }, { service: 'b' }] },
    });
  });

  test('strings beyond the limit are "(other)" and counted', () => {
    const { decoder, counted } = setUp({ maxSymbols: 16 });
    const spans = Array.from({ length: 40 }, (_, i) => span({ name: `name ${i}` }));
    const result = decoder.decode('traces', traceBytes(spans));
    if (result.kind !== 'columns' || result.columns.signal !== 'traces') throw new Error('refused');
    const { symbols, name } = result.columns;
    expect([symbols.text(name[0]!), symbols.text(name[39]!)]).toEqual(['name 0', '(other)']);
    expect(counted('sentinel_decode_symbols_overflowed_total')).toBeGreaterThan(20);
  });
});

describe('what is no request is refused, with the place', () => {
  test.each([
    ['a number cut off', hex('08ff'), 'cut off within a number', 1],
    ['a number without bytes', hex('08'), 'cut off within a number', 1],
    ['eleven bytes of a number', hex('08', 'ff'.repeat(10), '01'), 'a number of more than ten bytes', 1],
    ['a length of six bytes', hex('0a', '8080808080', '00'), 'a tag or length of more than 32 bits', 1],
    ['a length beyond 32 bits', hex('0a', 'ffffffff7f'), 'a tag or length of more than 32 bits', 1],
    ['a block beyond the end', hex('0a0512031203'), 'a value reaches beyond its message', 0],
    ['a span beyond its scope block', hex('0a06', '1204', '1205', '0000'), 'a value reaches beyond its message', 4],
    ['a time cut off', hex('0a09', '1207', '1205', '3900000000'), 'a value reaches beyond its message', 7],
    ['flags cut off', hex('0a09', '1207', '1205', '850100000000'), 'a value reaches beyond its message', 8],
    ['field number 0', hex('0001'), 'field number 0', 1],
    ['a group', hex('0b', '0c'), 'wire type 3', 1],
    ['the end of a group', hex('0c'), 'wire type 4', 1],
    ['wire type 7', hex('0f00'), 'wire type 7', 1],
  ])('%s', (_, bytes, reason, offset) => {
    expect(setUp().decoder.decode('traces', bytes)).toEqual({ kind: 'malformed', reason, offset });
  });

  test.each([
    ['an attribute of a span', 47, (value: Buffer) => block(9, block(2, value))],
    ['an attribute of an event', 47, (value: Buffer) => block(11, block(3, block(2, value)))],
    ['a resource attribute', 48, undefined],
  ])('%s nested deeper than 100 messages', (_, most, spanOf) => {
    const request = (lists: number) => {
      let value: Buffer = hex('1001');
      for (let i = 0; i < lists; i++) value = block(5, block(1, value));
      return block(1, spanOf === undefined ? block(1, block(1, block(2, value))) : block(2, block(2, spanOf(value))));
    };
    expect(setUp().decoder.decode('traces', request(most)).kind).toBe('columns');
    expect(setUp().decoder.decode('traces', request(most + 1))).toMatchObject({
      kind: 'malformed',
      reason: 'nested deeper than 100 messages',
    });
    expect(decodeMessage('ExportTraceServiceRequest', request(most)).kind).toBe('message');
    expect(decodeMessage('ExportTraceServiceRequest', request(most + 1)).kind).toBe('malformed');
  });

  test('a refusal is counted, and the next request is read', () => {
    const { decoder, counted } = setUp();
    decoder.decode('logs', hex('0a05'));
    expect(counted('sentinel_decode_malformed_total')).toBe(1);
    expect(decoder.decode('logs', logsBytes([logRecord()]))).toMatchObject({ columns: { count: 1 } });
  });
});
