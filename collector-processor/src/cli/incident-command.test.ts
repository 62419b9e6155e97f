import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startApi, type TestApi } from '../api/testing/api-server.ts';
import { explainCase } from '../correlate/causes/explain.ts';
import { ALARM_MS, call, caseOf, changeOf, logOf, seriesOf } from '../correlate/testing/case-builder.ts';
import { anIncident, NOON } from '../store/testing/builders.ts';
import { incidentCommand } from './incident-command.ts';

const errors = seriesOf('shop', 'errors', [0.01, 0.4]);
/** One step had no data, which JSON can only say as null. */
const gap = { ...errors, values: errors.values.map((value, index) => (index === 20 ? NaN : value)) };
const facts = caseOf({
  series: [gap, seriesOf('cart', 'errors', [0.01, 0.5])],
  calls: [call('shop', 'cart')],
  logs: [logOf('cart', 'cannot read <*>')],
  changes: [changeOf('1', 'cart', 6)],
});

let api: TestApi;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sentinel-incident-'));
  api = await startApi();
  const causes = explainCase(facts);
  const event = { incidentId: '1', atMs: NOON, actor: '' };
  const { incidents, incidentCases } = api.store;
  await incidents.record({ ...event, sequence: 1, fact: { kind: 'opened', tenant: '' } }, anIncident());
  const note = { kind: 'note', text: 'rolled back <b>cart</b>' } as const;
  await incidents.record({ ...event, sequence: 2, actor: 'Ana', fact: note }, anIncident());
  await incidents.record({ ...event, sequence: 3, fact: { kind: 'causes', causes } }, anIncident());
  await incidentCases.keep('1', facts, ALARM_MS);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await api.stop();
});

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const env = { SENTINEL_TOKEN: api.secret('reader') };
  const sink = (texts: string[]) => ({
    write: (text: string | Uint8Array) => texts.push(Buffer.from(text).toString()) > 0,
  });
  const code = await incidentCommand.run({ args, env, stdout: sink(out), stderr: sink(err) });
  return { code, out: out.join(''), err: err.join('') };
}

test('what was exported gives the same ranking again, byte for byte, without Sentinel', async () => {
  const file = join(folder, 'bundle.json');
  expect((await run('export', '1', '--out', file, '--url', api.url)).code).toBe(0);
  await api.api.stop();
  const explained = await run('explain', file);
  expect(explained).toEqual({ code: 0, out: `${JSON.stringify(explainCase(facts))}\n`, err: '' });
  expect(explained.out).toContain('"candidates":[{');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 1, configuration: { watchFor: 600_000 } });
});

test('another ranking than the one in the bundle is a failure', async () => {
  const file = join(folder, 'bundle.json');
  await run('export', '1', '--out', file, '--url', api.url);
  const bundle = JSON.parse(readFileSync(file, 'utf8')) as { case: { changes: unknown[] } };
  bundle.case.changes = [];
  writeFileSync(file, JSON.stringify(bundle));
  expect(await run('explain', file)).toMatchObject({ code: 1, err: expect.stringContaining('another ranking') });
});

test('a file is not written over, and one that is no bundle is told', async () => {
  const file = join(folder, 'there');
  writeFileSync(file, '{}');
  await expect(run('export', '1', '--out', file, '--url', api.url)).rejects.toThrow('EEXIST');
  await expect(run('explain', file)).rejects.toThrow('is no bundle with a case');
  await expect(run('explain', join(folder, 'gone'))).rejects.toThrow('cannot be read');
  await expect(run('export')).rejects.toThrow('usage: sentinel incident');
});

test('a report has impact, causes, what people did, and the timeline, without their markup', async () => {
  const { out } = await run('report', '1', '--url', api.url);
  expect(out).toContain('# Incident 1: Errors in checkout\n');
  expect(out).toContain('| Severity | major |');
  expect(out).toMatch(/## Causes\n\n1\. \*\*.*\*\*: [a-z]+ \(supported/);
  expect(out).toContain('## What was done\n\n- 2026-11-21 12:00:00 Ana: Note: rolled back \\<b\\>cart\\</b\\>\n');
  expect(out).toContain('- 2026-11-21 12:00:00 Opened.');
  await expect(run('report', '7', '--url', api.url)).rejects.toThrow('There is no incident 7.');
});
