import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { deadLettersCommand } from './dead-letters-command.ts';

type Answer = readonly [status: number, body: unknown];

let folder: string;
let server: Server;
let answers: Record<string, Answer | ((query: URLSearchParams) => Answer)>;
let asked: string[];

const letter = (id: string, changes = {}) => ({
  id,
  backend: 'loki',
  reason: 'HTTP 400: \u001b[31mtoo old\n',
  signal: 'logs',
  diedAtMs: Date.UTC(2026, 10, 21),
  receivedAtMs: Date.UTC(2026, 10, 20),
  bytes: 180,
  items: 2,
  encoding: 'protobuf',
  compression: 'gzip',
  tenant: 'acme',
  headers: { 'x-scope-orgid': 'acme' },
  refusedReplays: 0,
  ...changes,
});
const page = (...items: unknown[]): Answer => [200, { items, total: items.length, totalIsExact: true }];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sentinel-letters-'));
  asked = [];
  answers = {};
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const line = `${request.method ?? ''} ${pathname.replace('/api/v1/dead-letters', '')}`;
    asked.push(`${line} ${request.headers.authorization ?? 'nobody'}`);
    const found = answers[line] ?? [404, { error: { code: 'not_found', message: `No ${line}.` } }];
    const [status, body] = typeof found === 'function' ? found(searchParams) : found;
    response.writeHead(status).end(status === 204 ? undefined : Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]) {
  let out = '';
  const { port } = server.address() as AddressInfo;
  const stdout = { write: (text: string) => ((out += text), true) };
  const context = { env: { SENTINEL_TOKEN: 'secret' }, stdout, stderr: stdout };
  const code = await deadLettersCommand.run({ args: [...args, '--url', `http://127.0.0.1:${port}`], ...context });
  return { code, out };
}

describe('list', () => {
  test('walks all pages, and nothing that a terminal would obey gets through', async () => {
    answers['GET '] = (query) =>
      query.get('cursor') === 'next'
        ? page(letter('b', { items: undefined }))
        : [200, { items: [letter('a')], total: 2, totalIsExact: true, nextCursor: 'next' }];
    const { code, out } = await run('list', '--backend', 'loki');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'ID  GIVEN UP                  BACKEND  SIGNAL  ITEMS  BYTES  TRIES  REASON',
      'a   2026-11-21T00:00:00.000Z  loki     logs    2      180    1      HTTP 400:  [31mtoo old',
      'b   2026-11-21T00:00:00.000Z  loki     logs    ?      180    1      HTTP 400:  [31mtoo old',
      '',
    ]);
    expect(asked[0]).toBe('GET  Bearer secret');
  });

  test('says when there are none', async () => {
    answers['GET '] = page();
    expect((await run('list')).out).toBe('There are no dead letters.\n');
  });
});

describe('show', () => {
  const detail = { ...letter('a'), preview: { lines: ['checkout  hello'], isWhole: false } };

  test('tells what is known and the first items', async () => {
    answers['GET /a'] = [200, detail];
    const { out } = await run('show', 'a');
    expect(out).toContain('Tenant    acme\n');
    expect(out).toContain('Holds     logs, items: 2, 180 bytes (protobuf, gzip)\n');
    expect(out).toContain('  checkout  hello\n  (and more; --raw FILE writes all of it)\n');
  });

  test('writes the bytes to a new file, and never over one that is there', async () => {
    answers['GET /a'] = [200, detail];
    answers['GET /a/body'] = [200, Buffer.from([0, 255])];
    const file = join(folder, 'raw');
    await run('show', 'a', '--raw', file);
    expect([...readFileSync(file)]).toEqual([0, 255]);
    await expect(run('show', 'a', '--raw', file)).rejects.toMatchObject({ code: 'SENTINEL_FILE_UNWRITABLE' });
  });
});

describe('replay', () => {
  test('all: the oldest first, and says what became of each', async () => {
    answers['GET '] = page(letter('new'), letter('old'));
    answers['POST /old/replay'] = [200, { outcome: 'delivered' }];
    answers['POST /new/replay'] = [200, { outcome: 'refused', reason: 'still no' }];
    const { code, out } = await run('replay', '--all');
    expect(code).toBe(1);
    expect(out).toBe('old  delivered\nnew  refused: still no\n1 delivered, 1 refused.\n');
  });

  test('a backend that does not answer is not asked for each of the others', async () => {
    answers['GET '] = page(letter('c'), letter('b', { backend: 'tempo' }), letter('a'));
    answers['POST /a/replay'] = [200, { outcome: 'postponed', reason: 'ECONNREFUSED' }];
    answers['POST /b/replay'] = [200, { outcome: 'delivered' }];
    const { code, out } = await run('replay', '--all');
    expect(code).toBe(1);
    expect(out).toContain('1 delivered, 1 postponed, 1 left alone.');
    expect(asked.filter((line) => line.includes('/c/'))).toEqual([]);
  });

  test('of those that were named ends with 0 when all were delivered', async () => {
    answers['POST /a/replay'] = [200, { outcome: 'delivered' }];
    expect(await run('replay', 'a')).toEqual({ code: 0, out: 'a  delivered\n1 delivered.\n' });
  });

  test('one that somebody else removed meanwhile stops nothing', async () => {
    answers['GET '] = page(letter('b'), letter('a'));
    answers['POST /b/replay'] = [200, { outcome: 'delivered' }];
    expect(await run('replay', '--all')).toEqual({
      code: 0,
      out: 'a  not there\nb  delivered\n1 delivered, 1 not there.\n',
    });
    expect((await run('replay', 'a')).code).toBe(1);
  });

  test('another backend is named to Sentinel', async () => {
    answers['POST /a/replay'] = (query) => [200, { outcome: 'refused', reason: `${query.get('to')}: no` }];
    const { code, out } = await run('replay', 'a', '--to', 'otlp/new');
    expect([code, out]).toEqual([1, 'a  refused: otlp/new: no\n1 refused.\n']);
  });
});

test('drop gives up those that were named, or all of a backend', async () => {
  answers['GET '] = page(letter('a'), letter('b'));
  answers['DELETE /a'] = answers['DELETE /b'] = [204, undefined];
  expect((await run('drop', 'a')).out).toBe('1 dropped.\n');
  expect((await run('drop', '--all', '--backend', 'loki')).out).toBe('2 dropped.\n');
});

test('one that is gone is said to be, named twice it is dropped once, and the others are seen to', async () => {
  answers['DELETE /a'] = answers['DELETE /c'] = [204, undefined];
  expect(await run('drop', 'a', 'a', 'b', 'c')).toEqual({ code: 1, out: 'b  not there\n2 dropped.\n' });
});

describe('is refused', () => {
  test.each([
    [['replay']],
    [['drop', 'a', '--to', 'otlp']],
    [['drop']],
    [['drop', '--all', 'a']],
    [['drop', 'a', '--backend', 'loki']],
    [['show']],
    [['show', 'a', 'b']],
    [['explode']],
  ])('when it is not clear what is meant: %j', async (args) => {
    await expect(run(...args)).rejects.toMatchObject({ code: 'SENTINEL_USAGE' });
    expect(asked).toEqual([]);
  });

  test('without the right token, with what to do', async () => {
    answers['GET '] = [403, { error: { code: 'forbidden', message: 'This needs the role admin.' } }];
    await expect(run('list')).rejects.toThrow(/role admin\. Put a token into SENTINEL_TOKEN/);
  });

  test('when Sentinel does not run, with where it was looked for', async () => {
    const config = join(folder, 'sentinel.yaml');
    writeFileSync(config, 'api: { endpoint: "0.0.0.0:1" }\n');
    const stdout = { write: () => true };
    const running = deadLettersCommand.run({ args: ['list', '-c', config], env: {}, stdout, stderr: stdout });
    await expect(running).rejects.toThrow('does not answer at http://127.0.0.1:1 ');
  });
});
