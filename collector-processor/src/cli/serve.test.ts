import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
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

/** Runs it until it has started, then stops it; everything that it has written. */
function serve(config: string): Promise<{ readonly code: number | null; readonly log: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'serve', '-c', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve) => {
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const before = log;
      log += text;
      if (!/"Started /.test(log) || /"Started /.test(before)) return;
      child.kill('SIGTERM');
      child.kill('SIGTERM');
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
}, 30_000);

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
