import { describe, expect, test } from '@jest/globals';
import type { TelemetryColumns } from '../model/columns.ts';
import type { ExportOutcome, ExportRequest } from '../model/export-request.ts';
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
