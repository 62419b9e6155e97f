import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { follow } from '../act/audit/chain.ts';
import type { AuditEntry } from '../model/audit.ts';
import { auditCommand } from './audit-command.ts';

const record = { actor: '', knownBy: 'sentinel', verb: 'run.refused', subject: 'plan 1', reason: '', details: {} };
const first = follow(undefined, { ...record, atMs: Date.parse('2026-09-14T03:10:00Z') });
const second = follow(first, { ...record, atMs: Date.parse('2026-09-14T03:11:00Z'), actor: 'Ana' });

async function verify(lines: readonly (AuditEntry | string)[], ...more: string[]) {
  const file = join(mkdtempSync(join(tmpdir(), 'audit-')), 'audit.jsonl');
  writeFileSync(file, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  let out = '';
  const stream = { write: (chunk: string) => (out += chunk) !== '' };
  const code = await auditCommand.run({ args: ['verify', file, ...more], env: {}, stdout: stream, stderr: stream });
  return { code, out };
}

test('an export as it was written is intact, and its head is told', async () => {
  const out = `Chain intact: 2 entries. Head: ${second.hash}\n`;
  expect(await verify([first, second])).toEqual({ code: 0, out });
  expect(await verify([first, second], '--head', second.hash)).toEqual({ code: 0, out });
  expect(await verify([])).toEqual({ code: 0, out: 'Chain intact: 0 entries. Head: none\n' });
});

test('a change, a gap and an end that was cut off are found', async () => {
  expect(await verify([first, { ...second, actor: 'Leo' }])).toEqual({
    code: 1,
    out: 'Chain broken at entry 2, 2026-09-14T03:11:00.000Z: it is not what was written. Entries after it cannot be trusted.\n',
  });
  expect((await verify([second])).out).toContain('entry 2, 2026-09-14T03:11:00.000Z: entries before it are missing');
  expect((await verify([first], '--head', second.hash)).out).toContain(
    'Chain cut off: entry 1 is not the one with hash',
  );
});

test.each(['{"sequence":', '{}', '[1]', 'null', JSON.stringify({ ...second, more: 1 })])(
  '%s is no entry',
  async (line) => {
    const { code, out } = await verify([first, line]);
    expect(out).toBe('Chain broken at line 2: it is no entry. Entries after it cannot be trusted.\n');
    expect(code).toBe(1);
  },
);

test('what is no command is answered with the usage, and a file that is not there is named', async () => {
  const context = { env: {}, stdout: process.stdout, stderr: process.stderr };
  await expect(auditCommand.run({ ...context, args: ['prove', 'x'] })).rejects.toThrow('usage: sentinel audit');
  await expect(auditCommand.run({ ...context, args: ['verify', '/nowhere'] })).rejects.toThrow(
    '/nowhere cannot be read',
  );
});
