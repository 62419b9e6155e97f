import { describe, expect, test } from '@jest/globals';
import type { ExportOutcome, ExportRequest } from '../model/export-request.ts';
import { openRequest, send } from './testing/http-client.ts';
import { until } from './testing/receivers-under-test.ts';
import { useReceivers } from './testing/use-receivers.ts';

const start = useReceivers();
const LENGTH = 300_000;
const bodyOf = (byte: number) => Buffer.alloc(LENGTH, byte);

/** Two bodies, one after the other; whether the second one lies where the first one lay. */
async function sharesMemory(handle: (request: ExportRequest) => ExportOutcome, changes = {}): Promise<boolean> {
  const { httpPort, requests } = await start(changes, (request) => Promise.resolve(handle(request)));
  await send({ port: httpPort, body: bodyOf(1) });
  await send({ port: httpPort, body: bodyOf(2) });
  return requests[0]?.body.buffer === requests[1]?.body.buffer;
}

describe('memory of bodies', () => {
  test('serves the next body once the outcome is known', async () => {
    expect(await sharesMemory(() => ({ kind: 'accepted' }))).toBe(true);
  });

  test('is left alone when somebody still reads it', async () => {
    const keep = (request: ExportRequest): ExportOutcome => {
      request.keep?.();
      return { kind: 'accepted' };
    };
    expect(await sharesMemory(keep)).toBe(false);
  });

  test.each([
    { kind: 'retry', reason: 'down' },
    { kind: 'refused', reason: 'no', cause: 'malformed' },
  ] as const)('is left alone after $kind', async (outcome) => {
    expect(await sharesMemory(() => outcome)).toBe(false);
  });

  test('is not kept when the setting says so', async () => {
    expect(await sharesMemory(() => ({ kind: 'accepted' }), { spareMemory: 0 })).toBe(false);
  });

  test('requests that are under way at the same time never share it', async () => {
    const answers: (() => void)[] = [];
    const seen: boolean[] = [];
    const { httpPort, metric } = await start({}, async (request) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      seen.push(request.body.every((byte) => byte === request.body[0]) && request.body.length === LENGTH);
      return { kind: 'accepted' };
    });
    const sent = [1, 2, 3, 4].map((byte) => send({ port: httpPort, body: bodyOf(byte) }));
    await until(() => answers.length === 4);
    const later = send({ port: httpPort, body: bodyOf(5) });
    for (const answer of answers.splice(0)) answer();
    await Promise.all(sent);
    await until(() => answers.length === 1);
    answers[0]?.();
    await later;
    expect(seen).toEqual([true, true, true, true, true]);
    expect(metric('sentinel_receiver_spare_bytes')).toBeGreaterThanOrEqual(4 * LENGTH);
  });

  test('is not given back by a sender that goes away before the outcome is known', async () => {
    const answers: (() => void)[] = [];
    const { httpPort, requests, metric } = await start({}, async () => {
      await new Promise<void>((resolve) => answers.push(resolve));
      return { kind: 'accepted' };
    });
    const gone = openRequest({ port: httpPort });
    gone.request.end(bodyOf(7));
    await until(() => answers.length === 1);
    gone.request.destroy();
    await expect(gone.reply).rejects.toThrow();
    await until(() => metric('sentinel_receiver_abandoned_total') === 1);
    const next = send({ port: httpPort, body: bodyOf(8) });
    await until(() => answers.length === 2);
    expect(requests[0]?.body[0]).toBe(7);
    expect(requests[0]?.body.buffer).not.toBe(requests[1]?.body.buffer);
    for (const answer of answers) answer();
    await next;
  });
});
