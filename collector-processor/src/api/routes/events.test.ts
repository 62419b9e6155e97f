import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aChange, anAnomaly, anIncident, findingId, NOON } from '../../store/testing/builders.ts';
import { startApi, type TestApi } from '../testing/api-server.ts';

let server: TestApi;
let aborts: AbortController[];
beforeEach(async () => {
  server = await startApi();
  aborts = [];
});
afterEach(async () => {
  for (const abort of aborts) abort.abort();
  await server.stop();
});

interface Stream {
  readonly status: number;
  readonly close: () => void;
  /** Reads until the text has come; everything so far. */
  readonly until: (text: string) => Promise<string>;
}

async function listen(headers: Record<string, string> = {}): Promise<Stream> {
  const abort = new AbortController();
  aborts.push(abort);
  const response = await server.ask('/api/v1/events', 'reader', { headers, signal: abort.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: response.status,
    close: () => abort.abort(),
    async until(wanted) {
      while (!text.includes(wanted)) {
        const chunk = await reader?.read();
        if (chunk === undefined || chunk.done) throw new Error(`The stream ended before ${wanted}: ${text}`);
        text += chunk.value;
      }
      return text;
    },
  };
}

const listeners = (): number =>
  server.metrics.samples().find(({ name }) => name === 'sentinel_api_event_listeners')?.value ?? -1;

async function untilListeners(count: number): Promise<void> {
  while (listeners() !== count) await new Promise((resolve) => setTimeout(resolve, 2));
}

const ids = (text: string): string[] => [...text.matchAll(/"id":"([0-9a-f]{32})"/g)].map(([, id]) => id!);

test('a listener is told the state first, then findings and changes, and hears a heartbeat', async () => {
  const stream = await listen();
  expect(stream.status).toBe(200);
  expect(await stream.until('\n\n')).toBe(
    `retry: 3000\nevent: state\ndata: {"nowMs":${String(NOON)},"complete":true}\n\n`,
  );
  server.api.anomaly({ kind: 'opened', anomaly: anAnomaly({ sentence: 'two\nlines' }) });
  server.api.change(aChange());
  const text = await stream.until('"change"');
  expect(text).toMatch(
    /id: [0-9a-f]{8}-1\nevent: anomaly\ndata: \{"kind":"opened","anomaly":\{.*two\\nlines.*\}\}\n\n/,
  );
  expect(text).toMatch(/id: [0-9a-f]{8}-2\nevent: change\ndata: \{"change":\{.*"to":"2.4.1".*\}\}\n/);
  await stream.until(': still here\n\n');
});

test('an incident is told as it is now, with the entry that made it so', async () => {
  const stream = await listen();
  const fact = { kind: 'note', text: 'secret of the timeline' } as const;
  server.api.incident(anIncident(), { incidentId: '1', sequence: 4, atMs: NOON, actor: 'Ana', fact });
  const text = await stream.until('"sequence"');
  expect(text).toContain('event: incident\ndata: {"incident":{"id":"1",');
  expect(text).toContain('"event":{"sequence":4,"atMs":' + String(NOON) + ',"actor":"Ana","kind":"note"}}');
});

test('a listener that comes back gets what it missed, in order and once', async () => {
  const first = await listen();
  server.api.anomaly({ kind: 'opened', anomaly: anAnomaly({ id: findingId(1) }) });
  const [, lastId = ''] = /id: (\S+)/.exec(await first.until(findingId(1))) ?? [];
  first.close();
  for (const number of [2, 3]) server.api.anomaly({ kind: 'opened', anomaly: anAnomaly({ id: findingId(number) }) });
  const second = await listen({ 'last-event-id': lastId });
  server.api.anomaly({ kind: 'opened', anomaly: anAnomaly({ id: findingId(4) }) });
  const text = await second.until(findingId(4));
  expect(text).toContain('"complete":true');
  expect(ids(text)).toEqual([2, 3, 4].map(findingId));
});

test.each(['before what is kept', 'of another run', 'that is nonsense'])(
  'an id %s is answered with an incomplete state',
  async (kind) => {
    const first = await listen();
    server.api.anomaly({ kind: 'opened', anomaly: anAnomaly({ id: findingId(1) }) });
    const [, lastId = ''] = /id: (\S+)/.exec(await first.until(findingId(1))) ?? [];
    for (let number = 2; number < 10; number++)
      server.api.anomaly({ kind: 'updated', anomaly: anAnomaly({ id: findingId(number) }) });
    const asked =
      { 'before what is kept': lastId, 'of another run': `00000000-1`, 'that is nonsense': 'x' }[kind] ?? '';
    expect(await (await listen({ 'last-event-id': asked })).until('\n\n')).toContain('"complete":false');
  },
);

test('more listeners than there may be are refused, and a place that is left is free again', async () => {
  const streams = [await listen(), await listen()];
  expect((await listen()).status).toBe(503);
  streams[0]?.close();
  await untilListeners(1);
  expect((await listen()).status).toBe(200);
});

test('a listener that does not read is let go', async () => {
  await listen();
  const large = anAnomaly({ exampleLines: ['x'.repeat(100_000)] });
  // The kernel's buffers take some of it before the backlog grows.
  for (let number = 0; number < 500 && listeners() > 0; number++) {
    server.api.anomaly({ kind: 'updated', anomaly: large });
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(listeners()).toBe(0);
  expect(server.metrics.render()).toContain('sentinel_api_slow_event_listeners_total 1');
});

test('stopping ends the streams', async () => {
  const stream = await listen();
  await server.api.stop();
  await expect(stream.until('never')).rejects.toThrow('The stream ended');
});
