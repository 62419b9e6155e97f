import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type OtlpSink, startOtlpSink } from '../../testing/otlp-sink.ts';
import { logsBytes } from '../../testing/telemetry-builder.ts';
import { exportRequest } from '../testing/export-request.ts';
import { startKeptForwarder } from './testing/kept-forwarder.ts';
import { MemoryFiles } from './testing/memory-files.ts';

const body = logsBytes([{ body: { stringValue: 'a' } }]);
let sink: OtlpSink;

beforeEach(async () => {
  sink = await startOtlpSink();
});
afterEach(() => sink.close());

/** Whether somebody still reads the body when the sender has its outcome. */
async function isKept(log: Readonly<Record<string, unknown>>): Promise<boolean> {
  const backends = { otlphttp: { endpoint: sink.httpUrl, timeout: '1s', retry: { max_elapsed: '20ms' } } };
  const { forwarder, stop } = await startKeptForwarder(backends, log, new MemoryFiles());
  const keep = jest.fn();
  expect(await forwarder.forward(exportRequest(body, { keep }), body)).toEqual({ kind: 'accepted' });
  const isCalled = keep.mock.calls.length > 0;
  await stop();
  return isCalled;
}

test('a body that every backend has taken may serve other requests', async () => {
  expect(await isKept({ slow_after: '10s' })).toBe(false);
});

test('one that a slow backend still reads may not', async () => {
  sink.answer({ kind: 'hang' });
  expect(await isKept({ slow_after: '10ms' })).toBe(true);
});

test('nor one that goes into the log first', async () => {
  expect(await isKept({ mode: 'always' })).toBe(true);
});
