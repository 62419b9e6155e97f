import { afterEach, expect, test } from '@jest/globals';
import { freePort } from '../../demo/processes/free-port.ts';
import { type App, startApp } from '../app.ts';
import { loadSettings } from '../config/schema.ts';
import { systemClock } from '../runtime/clock.ts';
import { silentLogger } from '../runtime/logger.ts';
import { anAnomaly } from '../store/testing/builders.ts';
import { createFolder } from '../store/testing/file-store.ts';

const folder = createFolder();
let app: App | undefined;

afterEach(async () => {
  await app?.stop();
  folder.remove();
});

test('who follows the API hears that a finding was closed which nobody follows any more', async () => {
  const api = `127.0.0.1:${await freePort(0)}`;
  const written = {
    receivers: { otlp: { max_memory: '0B', grpc: { enabled: false }, http: { endpoint: '127.0.0.1:0' } } },
    forward: { write_ahead_log: { path: 'none' } },
    store: { path: folder.path },
    api: { endpoint: api, anonymous_read: true },
  };
  const result = loadSettings(JSON.stringify(written), { env: {}, readFile: () => '' });
  if (result.kind === 'invalid') throw new TypeError(JSON.stringify(result.problems));
  const { settings } = result;
  const reread = () => ({ kind: 'settings', settings }) as const;
  app = await startApp({ settings, reread, clock: systemClock, logger: silentLogger });

  const gone = new AbortController();
  const stream = await fetch(`http://${api}/api/v1/events`, { signal: gone.signal });
  const another = await folder.open();
  await another.anomalies.record({ kind: 'opened', anomaly: anAnomaly({ id: 'f'.repeat(32), state: 'open' }) });
  await another.close();
  await app.reload();

  let heard = '';
  for await (const bytes of stream.body ?? []) {
    heard += Buffer.from(bytes as Uint8Array).toString();
    if (heard.includes('event: anomaly')) break;
  }
  gone.abort();
  expect(heard).toContain('"kind":"closed"');
  expect(heard).toContain('f'.repeat(32));
}, 30_000);
