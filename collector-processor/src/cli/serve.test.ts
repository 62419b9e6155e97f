import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const main = join(import.meta.dirname, '../main.ts');
const settings = {
  receivers: { otlp: { grpc: { endpoint: '127.0.0.1:0' }, http: { endpoint: '127.0.0.1:0' } } },
  api: { endpoint: '127.0.0.1:0' },
  store: { path: ':memory:' },
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sentinel-serve-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ONE_RECORD = '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"a"}}]}]}]}';

/** Runs it until it has started, and `meanwhile` (told the line that says so) is done; then stops it. Everything that it has written. */
function serve(
  config: string,
  meanwhile: (line: string) => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly code: number | null; readonly log: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'serve', '-c', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve) => {
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const before = log;
      log += text;
      const started = /^.*"Started .*$/m.exec(log)?.[0];
      if (started === undefined || /"Started /.test(before)) return;
      void meanwhile(started).then(() => {
        child.kill('SIGTERM');
        child.kill('SIGTERM');
      });
    });
    child.on('close', (code) => resolve({ code, log }));
  });
}

test('a file that is not there ends it at once, with the whole path', async () => {
  const { code, log } = await serve(join(folder, 'none.yaml'));
  expect(code).toBe(1);
  expect(log).toMatch(/^SENTINEL_CONFIG_UNREADABLE: .*none\.yaml cannot be read/);
});

test('its life is told in three lines, each once', async () => {
  const config = join(folder, 'sentinel.yaml');
  writeFileSync(config, JSON.stringify(settings));
  const { code, log } = await serve(config);
  expect(code).toBe(0);
  for (const line of [/"Started as a tap\."/g, /"Stopping: /g, /"tookMs":\d+,"msg":"Stopped\."/g]) {
    expect(log.match(line)).toHaveLength(1);
  }
}, 60_000);

(process.platform === 'win32' ? test.skip : test)(
  'the settings are read once: from a pipe they come only once',
  async () => {
    const pipe = join(folder, 'pipe');
    spawnSync('mkfifo', [pipe]);
    const running = serve(pipe);
    await writeFile(pipe, JSON.stringify(settings));
    const { code, log } = await running;
    expect(log).toContain(`"config":"${pipe}"`);
    expect(code).toBe(0);
  },
  30_000,
);

test('a stop that takes too long is ended, and what it waited for is told', async () => {
  const mute = createServer((socket) => socket.on('error', () => socket.destroy()).resume()).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const { port } = mute.address() as AddressInfo;
  const config = join(folder, 'sentinel.yaml');
  const { otlp } = settings.receivers;
  const patient = {
    receivers: { otlp: { ...otlp, drain_timeout: '5m' } },
    forward: { backends: { otlphttp: { endpoint: `http://127.0.0.1:${port}`, timeout: '5m' } } },
    shutdown: { timeout: '1s' },
  };
  writeFileSync(config, JSON.stringify({ ...settings, ...patient }));
  const { code, log } = await serve(config, async (line) => {
    const url = `http://127.0.0.1:${(JSON.parse(line) as { http: AddressInfo }).http.port}/v1/logs`;
    const asked = fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: ONE_RECORD });
    asked.catch(() => undefined);
    await once(mute, 'connection');
  });
  mute.close();
  expect(code).toBe(1);
  expect(log).toContain('"waitedFor":"receivers"');
}, 60_000);
