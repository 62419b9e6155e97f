import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import type { ExportRequest } from '../../model/export-request.ts';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { createFlightRecorder, type RecorderOptions } from './flight-recorder.ts';
import { Tape } from './tape.ts';

const MINUTE_MS = 60_000;
let folders: string[] = [];
afterEach(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  folders = [];
});

function request(text: string, part: Partial<ExportRequest> = {}): ExportRequest {
  const body = Buffer.from(text);
  const common = {
    signal: 'traces',
    wire: 'http',
    encoding: 'protobuf',
    compression: 'identity',
    headers: {},
  } as const;
  return { ...common, body, payload: body, tenant: '', receivedAtMs: 0, ...part };
}

async function recorder(part: Partial<RecorderOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'recorder-'));
  folders.push(folder);
  const metrics = createSelfMetrics();
  const time = { nowMs: 0 };
  const limits = { enabled: true, window: 5 * MINUTE_MS, maxSize: 1e6, maxRecordings: 2, maxMessage: 1e6 };
  const clock = { ...systemClock, nowMs: () => time.nowMs };
  const made = createFlightRecorder({ options: { ...limits, folder, ...part }, clock, logger: silentLogger, metrics });
  const value = (name: string): number => metrics.samples().find((one) => one.name === name)?.value ?? NaN;
  return { recorder: made, folder, time, value };
}

const textsOf = (tape: Tape, tenant: string, nowMs: number): string[] =>
  tape.of(tenant, nowMs).map(({ bytes }) => Buffer.from(bytes).toString());

test('what is older than the window is forgotten', () => {
  const tape = new Tape({ window: MINUTE_MS, maxSize: 1e6 });
  for (const receivedAtMs of [0, 30_000, 70_000]) {
    const one = request(String(receivedAtMs), { receivedAtMs });
    tape.keep(one, one.payload);
  }
  expect(textsOf(tape, '', 70_000)).toEqual(['30000', '70000']);
  expect(textsOf(tape, '', 200_000)).toEqual([]);
});

test('when there is no room whoever has most gives up its oldest, and it is counted', () => {
  const tape = new Tape({ window: MINUTE_MS, maxSize: 2500 });
  const keep = (tenant: string, text: string): void => {
    const one = request(text.padEnd(800, '.'), { tenant });
    tape.keep(one, one.payload);
  };
  keep('small', 'a');
  keep('large', 'b');
  keep('large', 'c');
  expect(tape.bytes).toBeLessThanOrEqual(2500);
  expect(textsOf(tape, 'small', 0)).toHaveLength(1);
  expect(textsOf(tape, 'large', 0).map((text) => text[0])).toEqual(['c']);
  const huge = request('x'.repeat(3000));
  tape.keep(huge, huge.payload);
  expect(tape.dropped).toBe(2);
});

test('the memory of a request may be used again: its bytes were copied', () => {
  const tape = new Tape({ window: MINUTE_MS, maxSize: 1e6 });
  const one = request('before');
  tape.keep(one, one.payload);
  one.body.fill(0);
  expect(textsOf(tape, '', 0)).toEqual(['before']);
});

test('an incident that opens is written once, inflated, for its tenant alone, behind the length of each message', async () => {
  const { recorder: one, folder, value } = await recorder();
  const zipped = request('', { body: gzipSync('zipped'), compression: 'gzip', payload: Buffer.from('zipped') });
  for (const kept of [request('plain'), zipped, request('other', { tenant: 'b' })]) one.keep(kept, kept.payload);
  one.incident({ id: '7', tenant: '', openedAtMs: 0 });
  one.incident({ id: '7', tenant: '', openedAtMs: 0 });
  await one.stop();
  const file = await readFile(join(folder, 'incident-7', 'traces.binpb'));
  expect(file.toString('latin1')).toBe('\0\0\0\x05plain\0\0\0\x06zipped');
  expect(await one.recordingOf('7')).toEqual({
    folder: join(folder, 'incident-7'),
    files: [{ name: 'traces.binpb', bytes: file.length }],
  });
  expect(value('sentinel_recordings_total')).toBe(1);
  expect(await one.recordingOf('8')).toBeUndefined();
  expect(await one.recordingOf('../7')).toBeUndefined();
});

test('there are no more recordings than asked for; one that was open before the start is not written again', async () => {
  const { recorder: one, time } = await recorder();
  const kept = request('x');
  one.keep(kept, kept.payload);
  for (const id of ['9', '10', '11']) one.incident({ id, tenant: '', openedAtMs: 0 });
  await one.stop();
  expect(await Promise.all(['9', '10', '11'].map(async (id) => (await one.recordingOf(id)) !== undefined))).toEqual([
    ...[false, true, true],
  ]);
  time.nowMs = 10 * MINUTE_MS;
  one.incident({ id: '3', tenant: '', openedAtMs: 0 });
  await one.stop();
  expect(await one.recordingOf('3')).toBeUndefined();
});

test('switched off it keeps nothing', async () => {
  const { recorder: one, value } = await recorder({ enabled: false });
  const kept = request('x');
  one.keep(kept, kept.payload);
  one.incident({ id: '1', tenant: '', openedAtMs: 0 });
  await one.stop();
  expect([value('sentinel_recorder_bytes'), await one.recordingOf('1')]).toEqual([0, undefined]);
});
