import { describe, expect, jest, test } from '@jest/globals';
import type { ReadBody } from '../decode/reading/messages.ts';
import type { Lost, ReadAway } from '../decode/reading/reading.ts';
import { RemoteSymbols } from '../decode/reading/remote-symbols.ts';
import type { TelemetryColumns } from '../model/columns.ts';
import type { ExportOutcome, ExportRequest } from '../model/export-request.ts';
import type { EncodeResult } from '../model/otlp/encode.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { createIntake, type IntakeStages } from './intake.ts';

const request: ExportRequest = {
  signal: 'traces',
  wire: 'http',
  encoding: 'protobuf',
  compression: 'identity',
  body: Uint8Array.of(1, 2),
  payload: Uint8Array.of(1, 2),
  headers: {},
  tenant: '',
  receivedAtMs: 7,
};
const columns = { signal: 'traces', count: 3 } as TelemetryColumns;

function world(stages: Partial<IntakeStages> = {}) {
  const events: string[] = [];
  const settled: ExportOutcome[] = [];
  const intake = createIntake(
    {
      transcode: (_signal, json) => ({ kind: 'protobuf', bytes: json }),
      decode: () => {
        events.push('decode');
        return { kind: 'columns', columns };
      },
      forward: () => {
        events.push('forward');
        return Promise.resolve({ kind: 'accepted' });
      },
      isForwarded: () => true,
      score: () => events.push('score') > 0,
      isRepeat: () => false,
      settled: (_request, outcome) => settled.push(outcome),
      ...stages,
    },
    silentLogger,
    createSelfMetrics(),
  );
  return { intake, events, settled };
}

describe('forwarding comes first', () => {
  test('bytes leave before anything is read', async () => {
    const { intake, events } = world();
    expect(await intake.handle(request)).toEqual({ kind: 'accepted' });
    expect(events).toEqual(['forward', 'decode', 'score']);
    expect(intake.traffic.traces.items.value).toBe(3);
  });

  test('a fault in scoring costs the score, not the telemetry', async () => {
    const score = () => {
      throw new Error('bug');
    };
    const { intake } = world({ score });
    expect(await intake.handle(request)).toEqual({ kind: 'accepted' });
    expect(intake.traffic.traces.unread.value).toBe(1);
  });

  test('a body that cannot be read is left to the backend to judge', async () => {
    const { intake } = world({ decode: () => ({ kind: 'malformed', reason: 'bad', offset: 4 }) });
    expect(await intake.handle(request)).toEqual({ kind: 'accepted' });
  });

  test('without a backend a body that cannot be read is refused with its place', async () => {
    const decode = () => ({ kind: 'malformed', reason: 'bad', offset: 4 }) as const;
    const { intake } = world({ decode, isForwarded: () => false });
    const refused = { kind: 'refused', cause: 'malformed', reason: 'bad (at byte 4)' };
    expect(await intake.handle(request)).toEqual(refused);
  });
});

test('a backend that breaks off over a body that cannot be read: the body is at fault', async () => {
  const failed = { kind: 'refused', cause: 'backend_failed', reason: 'tempo: HTTP 500' } as const;
  const forward = () => Promise.resolve(failed);
  expect(await world({ forward }).intake.handle(request)).toEqual(failed);
  const decode = () => ({ kind: 'malformed', reason: 'bad', offset: 4 }) as const;
  const refused = { kind: 'refused', cause: 'malformed', reason: 'bad (at byte 4)' };
  expect(await world({ forward, decode }).intake.handle(request)).toEqual(refused);
});

describe('encodings and repeats', () => {
  test('JSON that cannot be read is refused before anything leaves', async () => {
    const { intake, events } = world({ transcode: () => ({ kind: 'malformed', reason: 'no JSON' }) });
    const outcome = await intake.handle({ ...request, encoding: 'json' });
    expect(outcome).toEqual({ kind: 'refused', cause: 'malformed', reason: 'no JSON' });
    expect(events).toEqual([]);
  });

  test('a repeat is forwarded and not scored again', async () => {
    const { intake, events } = world({ isRepeat: () => true });
    await intake.handle(request);
    expect(events).toEqual(['forward', 'decode']);
  });

  test('the protobuf made of JSON counts among the bytes in flight; without room for it nothing leaves', async () => {
    const bytes = new Uint8Array(9);
    const { intake, events } = world({ transcode: () => ({ kind: 'protobuf', bytes }) });
    const claimed: number[] = [];
    const claim = (more: number) => claimed.push(more) === 1;
    expect(await intake.handle({ ...request, encoding: 'json', claim })).toEqual({ kind: 'accepted' });
    const refused = await intake.handle({ ...request, encoding: 'json', claim });
    expect(refused).toEqual({ kind: 'retry', reason: 'Too many bytes are in flight; send again later.' });
    expect([claimed, events]).toEqual([
      [9, 9],
      ['forward', 'decode', 'score'],
    ]);
    expect(intake.traffic.traces.refused.value).toBe(1);
  });

  test.each([
    ['could not be read', { decode: () => ({ kind: 'malformed', reason: 'bad', offset: 4 }) as const }],
    ['was left out by a busy score stage', { score: () => false }],
  ])('a request that %s is not remembered as scored', async (_, stage) => {
    const retry = { kind: 'retry', reason: 'full' } as const;
    const { intake, settled } = world({ ...stage, forward: () => Promise.resolve(retry) });
    expect(await intake.handle(request)).toEqual(retry);
    expect(settled).toEqual([]);
  });

  test('what the sender was told is what the repeat memory is told', async () => {
    const retry = { kind: 'retry', reason: 'full' } as const;
    const { intake, settled } = world({ forward: () => Promise.resolve(retry) });
    expect(await intake.handle(request)).toEqual(retry);
    expect(settled).toEqual([retry]);
    expect(intake.traffic.traces.refused.value).toBe(1);
  });
});

describe('bodies that another thread reads', () => {
  const json: ExportRequest = { ...request, encoding: 'json' };

  /** What a thread says; and, as in `world`, what happened. */
  function away(read: ReadAway, transcoded: EncodeResult | Lost = { kind: 'protobuf', bytes: Uint8Array.of(9) }) {
    const reading = { transcoded: Promise.resolve(transcoded), read: Promise.resolve(read) };
    const forwarded: Uint8Array[] = [];
    const made = world({
      away: { read: () => reading, adopt: () => columns },
      forward: (_request, protobuf) => {
        forwarded.push(protobuf);
        return Promise.resolve({ kind: 'accepted' });
      },
      transcode: () => {
        throw new Error('it is not read here');
      },
    });
    return { ...made, forwarded };
  }
  const readThere = (release = () => {}): ReadAway => ({
    release,
    kind: 'read',
    body: {} as ReadBody,
    symbols: new RemoteSymbols(0),
  });

  test('are scored with its columns and not decoded here, and their memory is free afterwards', async () => {
    const release = jest.fn();
    const { intake, events, forwarded } = away(readThere(release));
    expect(await intake.handle(request)).toEqual({ kind: 'accepted' });
    expect([events, forwarded]).toEqual([['score'], [request.payload]]);
    expect(intake.traffic.traces.items.value).toBe(3);
    expect(release).toHaveBeenCalledTimes(1);
  });

  test('leave as soon as JSON is protobuf, long before they are read', async () => {
    const { promise, resolve } = Promise.withResolvers<ReadAway>();
    const forward = jest.fn<IntakeStages['forward']>(() => Promise.resolve({ kind: 'accepted' }));
    const transcoded = Promise.resolve({ kind: 'protobuf', bytes: Uint8Array.of(9) } as const);
    const { intake } = world({ away: { read: () => ({ transcoded, read: promise }), adopt: () => columns }, forward });
    const outcome = intake.handle(json);
    await new Promise(setImmediate);
    expect(forward).toHaveBeenCalledWith(json, Uint8Array.of(9));
    resolve(readThere());
    expect(await outcome).toEqual({ kind: 'accepted' });
  });

  test('are forwarded and counted as unread when the thread is lost', async () => {
    const { intake, events, forwarded } = away({ kind: 'lost' });
    expect(await intake.handle(request)).toEqual({ kind: 'accepted' });
    expect([events, forwarded.length, intake.traffic.traces.unread.value]).toEqual([[], 1, 1]);
  });

  test('are to be sent again when the thread is lost before JSON was protobuf', async () => {
    const { intake, forwarded } = away({ kind: 'lost' }, { kind: 'lost' });
    expect(await intake.handle(json)).toMatchObject({ kind: 'retry' });
    expect([forwarded.length, intake.traffic.traces.unread.value, intake.traffic.traces.refused.value]).toEqual([
      0, 1, 1,
    ]);
  });

  test('are let go of when there is no memory for their protobuf', async () => {
    const release = jest.fn();
    const { intake, forwarded } = away(readThere(release));
    expect(await intake.handle({ ...json, claim: () => false })).toMatchObject({ kind: 'retry' });
    await Promise.resolve();
    expect([forwarded.length, release.mock.calls.length]).toEqual([0, 1]);
  });

  test('are refused as too large when they have too many values', async () => {
    const large = { kind: 'malformed', tooLarge: true, reason: 'too many' } as const;
    const { intake } = away(large, large);
    expect(await intake.handle(json)).toEqual({ kind: 'refused', cause: 'too_large', reason: 'too many' });
  });

  test('are refused for good when they are no JSON', async () => {
    const bad = { kind: 'malformed', reason: 'no JSON' } as const;
    const { intake, forwarded } = away(bad, bad);
    expect(await intake.handle(json)).toEqual({ kind: 'refused', cause: 'malformed', reason: 'no JSON' });
    expect(forwarded).toEqual([]);
  });
});
