import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkCommand } from '../check-command.ts';
import { recorded } from '../replay/testing/recorded.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sentinel-estimate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

async function check(args: readonly string[], yaml = '') {
  const out: string[] = [];
  const writer = { write: (text: string) => out.push(text) > 0 };
  const config = write('sentinel.yaml', yaml);
  const all = ['--estimate', '--config', config, ...args];
  const code = await checkCommand.run({ args: all, env: {}, stdout: writer, stderr: writer });
  return { code, text: out.join('') };
}

function together(text: string): number {
  return Number(/^all +(\d+) MiB$/m.exec(text)?.[1]);
}

test('more series cost more, and beyond the limit they cost nothing and are said', async () => {
  const few = await check(['--series', '1000']);
  const all = await check(['--series', '40000']);
  const more = await check(['--series', '90000']);
  expect(together(all.text)).toBeGreaterThan(together(few.text) + 150);
  expect(together(more.text)).toBeLessThan(together(all.text) + 10);
  expect(more.text).toContain('50000 series would not be watched in full: score.max_series is 40000.');
});

describe('the limit of memory', () => {
  test('that is enough, tight, too small or absent is said, and too small fails', async () => {
    expect(await check(['--series', '100'])).toMatchObject({ code: 0, text: expect.stringContaining('It fits') });
    const parts = 'max_in_flight_per_connection: 32MiB, max_request_size: 8MiB';
    const size = (limit: string) => `receivers: { otlp: { max_memory: ${limit}, max_in_flight: 64MiB, ${parts} } }\n`;
    const all = together((await check(['--series', '30000'])).text);
    const tight = await check(['--series', '30000'], size(`${Math.round(1.1 * all)}MiB`));
    expect(tight).toMatchObject({ code: 0, text: expect.stringContaining('It is tight') });
    const small = await check(['--series', '30000'], size(`${Math.round(0.9 * all)}MiB`));
    expect(small).toMatchObject({ code: 1, text: expect.stringMatching(/Set it to \d+ MiB, or watch less\./) });
    expect((await check([], size('0B'))).text).toContain('Without a limit');
  });
});

test('a recording tells how many series it makes', async () => {
  const file = write(
    'recorded.json',
    recorded()
      .map(({ json }) => json)
      .join('\n'),
  );
  const { text } = await check(['--from-file', file], 'score: { max_series: 500 }\n');
  expect(text).toMatch(/^series, scored in full +[12]\d /m);
  expect(text).toMatch(/^metric streams +1 /m);
  expect(text).not.toContain('places were taken');
  const { text: full } = await check(['--from-file', file], 'score: { max_series: 10 }\n');
  expect(full).toMatch(/All 10 places were taken \(score\.max_series\), and \d+ metric streams found none/);
});

test('a Sentinel that runs tells what it watches, and what that costs it', async () => {
  const server = createServer((request, response) => {
    const status = JSON.stringify({ memory: { rssBytes: 300 * 1024 ** 2 } });
    response.end(request.url === '/metrics' ? 'sentinel_series_used 1200\nsentinel_streams 3400\n' : status);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const { text } = await check(['--from-api', '--url', `http://127.0.0.1:${port}`]);
  server.close();
  expect(text).toMatch(/^series, scored in full +1200 /m);
  expect(text).toMatch(/^metric streams +3400 /m);
  expect(text).toContain('Measured there now: 300 MiB resident.');
});

test.each([[['--series', 'many']], [['--series', '5', '--from-api']]])('%j is not understood', async (args) => {
  await expect(check(args)).rejects.toMatchObject({ code: 'SENTINEL_USAGE' });
});
