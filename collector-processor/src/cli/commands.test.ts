import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { commands, helpText } from './commands.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sentinel-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(name: string, args: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const writer = (lines: string[]) => ({ write: (text: string) => lines.push(text) > 0 });
  const command = commands[name];
  if (command === undefined) throw new Error(`no command ${name}`);
  const code = await command.run({ args, env, stdout: writer(out), stderr: writer(err) });
  return { code, out: out.join(''), err: err.join('') };
}

function file(text: string): string {
  const path = join(folder, 'sentinel.yaml');
  writeFileSync(path, text);
  return path;
}

describe('check', () => {
  test('a valid file is said to be valid', async () => {
    const path = file('score: { bucket: 5s }\n');
    expect(await run('check', ['--config', path])).toEqual({
      code: 0,
      out: `${path}: the configuration is valid.\n`,
      err: '',
    });
  });

  test('the file may stand alone, and two are too many', async () => {
    const path = file('score: { bucket: 5s }\n');
    expect((await run('check', [path])).out).toBe(`${path}: the configuration is valid.\n`);
    await expect(run('check', [path, '--config', path])).rejects.toMatchObject({ code: 'SENTINEL_USAGE' });
  });

  test('a file that is not there is named by its whole path', async () => {
    await expect(run('check', ['nowhere.yaml'])).rejects.toThrow(
      `The configuration file ${join(process.cwd(), 'nowhere.yaml')} cannot be read`,
    );
  });

  test('without a file it says where it has looked, and that the defaults are used', async () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      const looked = join(process.cwd(), 'sentinel.yaml');
      const out = `built-in defaults (there is no ${looked}): the configuration is valid.\n`;
      expect(await run('check', [])).toEqual({ code: 0, out, err: '' });
      file('score: { bukcet: 5s }\n');
      expect((await run('check', [])).err).toContain(`${looked}:1:18 score.bukcet: `);
    } finally {
      process.chdir(before);
    }
  });

  test('a fault is named with line, column and remedy', async () => {
    const path = file('score:\n  bukcet: 5s\n');
    const { code, err } = await run('check', ['--config', path]);
    expect(code).toBe(1);
    expect(err).toContain(`${path}:2:11 score.bukcet: There is no setting "bukcet" here. Remedy: Did you mean bucket?`);
  });

  test('a backend of a type that does not exist is refused with the types there are', async () => {
    const { code, err } = await run('check', [
      '-c',
      file('forward: { backends: { lokki: { endpoint: http://x:1 } } }\n'),
    ]);
    expect(code).toBe(1);
    expect(err).toMatch(/There is no setting "lokki" here\. Remedy: Name it by its type: .*loki/);
  });

  test('a backend that cannot take what it is given is found without starting', async () => {
    const backend = '{ endpoint: http://x:1, signals: [metrics] }';
    const { code, err } = await run('check', ['-c', file(`forward: { backends: { loki: ${backend} } }\n`)]);
    expect(code).toBe(1);
    expect(err).toContain('it takes logs, not metrics');
  });

  test('a secret that is not set is named by its variable', async () => {
    const path = file('publish: { grafana: { url: http://g, token: "${env:NO_SUCH_TOKEN}" } }\n');
    const { code, err } = await run('check', ['--config', path]);
    expect(code).toBe(1);
    expect(err).toContain('The environment variable NO_SUCH_TOKEN is not set.');
  });

  test('a file that is not there is a fault with a remedy', async () => {
    await expect(run('check', ['--config', join(folder, 'none.yaml')])).rejects.toThrow('cannot be read');
  });
});

describe('tokens', () => {
  test('a token is made, listed without its secret, and revoked', async () => {
    const config = ['--config', file(`store: { path: ${join(folder, 'store.db')} }\n`)];
    const made = await run('tokens', ['create', '--name', 'grafana', '--role', 'reader', ...config]);
    expect(made.out).toMatch(/^sntl_\S{40,}\n$/);
    const listed = await run('tokens', ['list', ...config]);
    expect(listed.out).toContain('reader');
    expect(listed.out).not.toContain(made.out.trim());
    const id = listed.out.split(' ')[0] ?? '';
    expect((await run('tokens', ['revoke', id, ...config])).out).toBe(`Token ${id} is revoked.\n`);
    expect((await run('tokens', ['list', ...config])).out).toContain('revoked');
  });

  test('a token for another program goes to a file, once', async () => {
    const config = ['--config', file(`store: { path: ${join(folder, 'store.db')} }\n`)];
    const secret = join(folder, 'token');
    const create = (role: string) =>
      run('tokens', ['create', '--name', 'grafana', '--role', role, '--file', secret, ...config]);
    expect((await create('reader')).out).toBe(`The token is in ${secret}.\n`);
    const first = readFileSync(secret, 'utf8');
    expect(first).toMatch(/^sntl_\S{40,}$/);
    expect(statSync(secret).mode & 0o777).toBe(0o640);
    expect((await create('reader')).out).toBe(`${secret} holds a valid token.\n`);
    expect(readFileSync(secret, 'utf8')).toBe(first);
    // Another role is another token.
    await create('operator');
    expect(readFileSync(secret, 'utf8')).not.toBe(first);
    await expect(
      run('tokens', ['create', '--name', 'x', '--role', 'reader', '--file', folder, ...config]),
    ).rejects.toMatchObject({ code: 'SENTINEL_USAGE' });
  });

  test.each([[[]], [['make']], [['create', '--name', 'x', '--role', 'king']], [['revoke']]])(
    '%j is a mistake of usage',
    async (args) => {
      const config = ['--config', file(`store: { path: ${join(folder, 'store.db')} }\n`)];
      await expect(run('tokens', [...args, ...config])).rejects.toMatchObject({ code: 'SENTINEL_USAGE' });
    },
  );
});

describe('backup, restore, store', () => {
  test('a store is written to a file and made from it again', async () => {
    const config = ['--config', file(`store: { path: ${join(folder, 'store.db')} }\n`)];
    await run('tokens', ['create', '--name', 'grafana', '--role', 'reader', ...config]);
    const backup = ['--file', join(folder, 'backup.gz')];
    expect((await run('backup', [...backup, ...config])).out).toContain('tokens 1');
    const other = ['--config', file(`store: { path: ${join(folder, 'other.db')} }\n`)];
    expect((await run('restore', [...backup, ...other])).out).toContain('tokens 1');
    expect((await run('tokens', ['list', ...other])).out).toContain('grafana');
    await expect(run('restore', [...backup, ...other])).rejects.toThrow('--replace');
    expect((await run('restore', ['--replace', ...backup, ...other])).out).toContain('is kept: ');
  });

  test('a store that is not there is not made by looking for it', async () => {
    const config = ['--config', file(`store: { path: ${join(folder, 'none.db')} }\n`)];
    await expect(run('backup', ['--file', join(folder, 'b.gz'), ...config])).rejects.toThrow('There is no store');
    expect(existsSync(join(folder, 'none.db'))).toBe(false);
  });

  test.each([
    ['backup', []],
    ['restore', []],
    ['store', ['migrate', '--from', 'sqlite', '--to', 'sqlite']],
    ['store', ['migrate', '--from', 'sqlite', '--to', 'postgres']],
    ['store', ['drop']],
  ])('%s %j is a mistake of usage, and the usage is said', async (name, args) => {
    const config = ['--config', file(`store: { path: ${join(folder, 'store.db')} }\n`)];
    await expect(run(name, [...args, ...config])).rejects.toMatchObject({
      code: 'SENTINEL_USAGE',
      message: expect.stringContaining(`usage: sentinel ${name}`),
    });
  });
});

test('version names the pack and Node', async () => {
  expect((await run('version', [])).out).toMatch(/^sentinel \d+\.\d+\.\d+ \(node v\d+/);
});

test('the help names every command', () => {
  for (const name of Object.keys(commands)) expect(helpText()).toContain(name);
});

test.each(Object.entries(commands))('the usage of %s begins with its name', (name, { usage }) => {
  expect(usage).toMatch(new RegExp(`^usage: sentinel ${name}\\b`));
});

describe('shadow', () => {
  test('says what it would have told, and promotes with a reason', async () => {
    const asked: string[] = [];
    const report = {
      ...{ sinceMs: 0, series: 3, raised: 2, pages: 1, besideSeries: 1, besideService: 0, insideIncidents: 1 },
      ...{ looked: 2, liveRaised: 4, missed: 3 },
      notes: [{ kind: 'raised', startMs: 0, title: 'rate of cart', beside: 'alone', incidentId: 'INC-1' }],
    };
    const server = createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers['content-type'] ?? ''}`);
      response.end(JSON.stringify(request.method === 'GET' ? { state: 'running', report } : { version: 7 }));
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { out } = await run('shadow', ['--url', url]);
    expect(out).toContain('would have raised 2 findings (1 pages), 1 of them beside live ones and 1 of the newest 2');
    expect(out).toContain('would have missed 3 of 4 live findings');
    expect(out).toContain('raised  rate of cart (alone, INC-1)');
    expect((await run('shadow', ['promote', '--why', 'Quiet.', '--url', url])).out).toContain('Version 7 acts.');
    expect(asked).toEqual(['GET /api/v1/shadow ', 'POST /api/v1/shadow/promote application/json']);
    server.close();
  });

  test('another word is no command', async () => {
    await expect(run('shadow', ['promise'])).rejects.toMatchObject({ code: 'SENTINEL_USAGE' });
  });
});
