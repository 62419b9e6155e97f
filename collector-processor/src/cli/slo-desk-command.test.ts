import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startApi, type TestApi } from '../api/testing/api-server.ts';
import { aSlo, fakeSloDesk } from '../api/testing/fake-slo-desk.ts';
import { NOON } from '../store/testing/builders.ts';
import { sloCommand } from './slo-command.ts';

let api: TestApi;
beforeEach(async () => {
  const desk = fakeSloDesk([aSlo()], {
    correct: async (correction) => ({ kind: 'done', ...(await api.store.sloCorrections.add(correction)) }),
    async reverse(id, reversal) {
      const reversed = await api.store.sloCorrections.reverse(id, reversal);
      return reversed === undefined ? { kind: 'unknown' } : { kind: 'done', ...reversed };
    },
  });
  api = await startApi({ providers: { slos: desk } });
});
afterEach(() => api.stop());

async function run(...args: string[]) {
  const out: string[] = [];
  const stdout = { write: (text: string | Uint8Array) => out.push(Buffer.from(text).toString()) > 0 };
  const env = { SENTINEL_TOKEN: api.secret('operator') };
  const code = await sloCommand.run({ args: [...args, '--url', api.url], env, stdout, stderr: stdout });
  return { code, out: out.join('') };
}

const from = new Date(NOON - 3_600_000).toISOString();

test('a correction is added, listed and taken back', async () => {
  expect((await run('corrections', 'list')).out).toBe('There are no corrections.\n');
  const scope = ['--service', 'shop', '--label', 'region=eu'];
  const added = await run(
    'corrections',
    'add',
    '--from',
    from,
    '--for',
    '30m',
    ...scope,
    '--reason',
    'DB',
    '--id',
    'db',
  );
  const line = 'db  2026-11-21T11:00 to 2026-11-21T11:30  shop region=eu  DB (the operator)';
  expect(added).toEqual({ code: 0, out: `${line}\n` });
  expect((await run('corrections', 'list', '--state', 'in_force')).out).toBe(`${line}\n`);
  const reversed = await run('corrections', 'reverse', 'db', '--reason', 'Wrong day');
  expect(reversed.out).toBe(`${line}  taken back by the operator: Wrong day\n`);
  await expect(run('corrections', 'reverse', 'nothing', '--reason', 'x')).rejects.toThrow('There is no correction');
});

test('a report comes as Markdown, or as JSON', async () => {
  expect((await run('report', '--month', '2026-03')).out).toContain('# Objectives in 2026-03');
  expect(JSON.parse((await run('report', '--json')).out)).toMatchObject({ month: '2026-02' });
});

test.each([
  [['corrections', 'add', '--from', 'soon', '--for', '1h', '--reason', 'x'], 'soon is no time'],
  [['corrections', 'add', '--from', from, '--for', 'long', '--reason', 'x'], 'long is no length'],
  [['corrections', 'add', '--from', from, '--for', '1h', '--reason', 'x', '--label', 'eu'], 'eu is no label'],
  [['corrections', 'add', '--from', from, '--reason', 'x'], 'usage:'],
  [['corrections', 'add', '--from', from, '--for', '1h', '--reason', 'x'], 'body/scope'],
  [['corrections', 'reverse', 'a'], 'usage:'],
  [['corrections', 'destroy'], 'usage:'],
  [['report', 'all'], 'usage:'],
])('%j is refused with what is wrong', async (args, message) => {
  await expect(run(...args)).rejects.toThrow(message);
});
