import { describe, expect, test } from '@jest/globals';
import { type TelemetryColumns } from '../../model/columns.ts';
import { type Signal } from '../../model/signal.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { decodeOptions } from '../../testing/decode-options.ts';
import { counter, gauge, logRecord, span } from '../../testing/telemetry-builder-items.ts';
import { logsBytes, metricsBytes, traceBytes, traceRequest } from '../../testing/telemetry-builder.ts';
import { type DecodeOptions } from '../decode-options.ts';
import { createDecoder } from '../decoder.ts';
import { createBodyReader } from './body-reader.ts';
import { type ColumnSpec, logTable, pointTable, spanTable } from './column-tables.ts';
import { type ReadReply } from './messages.ts';
import { RemoteSymbols } from './remote-symbols.ts';

const bodies: readonly (readonly [Signal, Uint8Array])[] = [
  [
    'traces',
    traceBytes([span({ name: 'GET /', attributes: { 'http.route': '/', 'http.response.status_code': 500 } })]),
  ],
  ['metrics', metricsBytes([gauge('load', [{ value: 0.5 }]), counter('hits', [{ value: 2, startMs: 1000 }])])],
  ['logs', logsBytes([logRecord({ body: 'one line' }), logRecord({ body: 'another' })])],
];

/** A reading thread and the main thread, without threads. */
function twoSides(options: DecodeOptions = decodeOptions()) {
  const read = createBodyReader(options);
  const decoder = createDecoder({ options, metrics: createSelfMetrics() });
  let symbols = new RemoteSymbols(0);
  function replies(signal: Signal, bytes: Uint8Array, encoding: 'protobuf' | 'json' = 'protobuf'): ReadReply[] {
    const told: ReadReply[] = [];
    read({ signal, encoding, bytes: new Uint8Array(bytes) }, (reply) => told.push(reply));
    return told;
  }
  return {
    decoder,
    replies,
    adopt(signal: Signal, bytes: Uint8Array): TelemetryColumns {
      const reply = replies(signal, bytes).at(-1);
      if (reply?.kind !== 'read') throw new Error(`it was ${reply?.kind}`);
      const { body } = reply;
      if (body.symbols.generation !== symbols.generation) symbols = new RemoteSymbols(body.symbols.generation);
      symbols.learn(body);
      return decoder.adopt({ body, symbols }, bytes);
    },
  };
}

const tables = { traces: spanTable, metrics: pointTable, logs: logTable };
const namesOfSymbols = [
  'name',
  'scopeName',
  'exceptionType',
  'projected',
  'metricName',
  'metricUnit',
  'severityText',
  'eventName',
];

/** Each column as far as `filled` says, with texts for symbols. */
function plain(columns: TelemetryColumns, filled: TelemetryColumns): readonly unknown[] {
  const table: Readonly<Record<string, ColumnSpec<never>>> = tables[columns.signal];
  const parts = Object.entries(table).map(([name, { length }]) => {
    const numbers = [...(Reflect.get(columns, name) as Iterable<number | bigint>)].slice(0, length(filled as never));
    return [name, namesOfSymbols.includes(name) ? numbers.map((id) => columns.symbols.text(Number(id))) : numbers];
  });
  return [...parts, columns.count, columns.resources];
}

function columnsHere(signal: Signal, bytes: Uint8Array): TelemetryColumns {
  const result = createDecoder({ options: decodeOptions(), metrics: createSelfMetrics() }).decode(signal, bytes);
  if (result.kind !== 'columns') throw new Error(result.reason);
  return result.columns;
}

describe('columns from another thread', () => {
  test.each(bodies)('%s are those that this thread would have read', (signal, bytes) => {
    const here = columnsHere(signal, bytes);
    expect(plain(twoSides().adopt(signal, bytes), here)).toEqual(plain(here, here));
  });

  test('a symbol told once is known in later bodies, of other signals too', () => {
    const { adopt } = twoSides();
    for (let round = 0; round < 3; round++) {
      for (const [signal, bytes] of bodies) {
        const { symbols, ...columns } = adopt(signal, bytes);
        if (columns.signal === 'metrics') expect(symbols.text(columns.metricName[0]!)).toBe('load');
        if (columns.signal === 'traces') expect(symbols.text(columns.name[0]!)).toBe('GET /');
      }
    }
  });

  test('symbols are right when either table starts anew', () => {
    const { adopt, decoder } = twoSides(decodeOptions({ maxSymbols: 40 }));
    for (let round = 0; round < 60; round++) {
      const name = `operation ${round}`;
      const columns = adopt('traces', traceBytes([span({ name }), span({ name: 'always' })]));
      if (columns.signal !== 'traces') throw new Error('no spans');
      expect([...columns.name].map((id) => columns.symbols.text(id))).toEqual([name, 'always']);
      // Names of bodies that are read here fill this thread's table at another time than the other's.
      decoder.decode('traces', traceBytes([span({ name: `here ${round}` }), span({ name: `too ${round}` })]));
    }
  });

  test('the same resource of many bodies is one object', () => {
    const { adopt } = twoSides();
    const [, bytes] = bodies[0]!;
    expect(adopt('traces', bytes).resources[0]).toBe(adopt('traces', bytes).resources[0]);
  });

  test('attributes of an item are read from the bytes that this thread kept', () => {
    const { adopt, decoder } = twoSides();
    const [, bytes] = bodies[0]!;
    expect(decoder.attributes(adopt('traces', bytes), 0).get('http.route')).toBe('/');
  });
});

describe('what cannot be read', () => {
  test('a broken body is named with its place', () => {
    expect(twoSides().replies('traces', Uint8Array.of(0x0a, 200))).toEqual([
      { kind: 'malformed', reason: expect.any(String), offset: expect.any(Number) },
    ]);
  });

  test('broken JSON is told once, good JSON first as protobuf', () => {
    const { replies } = twoSides();
    expect(replies('traces', Buffer.from('{'), 'json').map(({ kind }) => kind)).toEqual(['malformed']);
    const json = Buffer.from(
      JSON.stringify(traceRequest([]), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    );
    expect(replies('traces', json, 'json').map(({ kind }) => kind)).toEqual(['transcoded', 'read']);
  });

  test('JSON of more values than allowed is not even parsed', () => {
    const { replies } = twoSides(decodeOptions({ maxJsonValues: 1000 }));
    const [reply] = replies('traces', Buffer.from(`[${'[],'.repeat(2000)}0]`), 'json');
    expect(reply).toMatchObject({
      kind: 'malformed',
      tooLarge: true,
      reason: expect.stringContaining('more than 1000 names and values in one request'),
    });
  });

  test('a reader goes on after a broken body, with all its symbols', () => {
    const { adopt, replies } = twoSides();
    const broken = Buffer.concat([traceBytes([span({ name: 'lost' })]), Uint8Array.of(0x0a, 200)]);
    expect(replies('traces', broken).at(-1)?.kind).toBe('malformed');
    const columns = adopt('traces', traceBytes([span({ name: 'lost' }), span({ name: 'found' })]));
    if (columns.signal !== 'traces') throw new Error('no spans');
    expect([...columns.name].map((id) => columns.symbols.text(id))).toEqual(['lost', 'found']);
  });
});
