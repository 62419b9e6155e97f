import { deepStrictEqual, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { metricRequest } from '../../src/cli/replay/inputs/metric-request.ts';
import { queueLastsMs, storedQueue } from '../../src/cli/replay/testing/stored-queue.ts';
import type { Case } from '../grafana/suite.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
const HOUR_MS = 3_600_000;
const HOSTS = ['a', 'b', 'c'];

/** What is stored in VictoriaMetrics is replayed by two runs of the program, with a configuration in shadow beside the live one. */
export function replayCases(url: string): Case[] {
  return [
    {
      name: 'a range of VictoriaMetrics is replayed to the same bytes twice, with a shadow',
      skip: url === '' ? 'VICTORIAMETRICS_URL is not set' : undefined,
      async run() {
        const service = `replay-${randomBytes(4).toString('hex')}`;
        const fromMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS;
        await send(url, service, fromMs);
        const first = await replay(url, service, fromMs);
        const again = await replay(url, service, fromMs);
        match(first.out, new RegExp(`queue of ${service} {queue=a} rose to`));
        match(first.shadow, /would have raised [1-9]/);
        deepStrictEqual(again, first);
      },
    },
  ];
}

async function send(url: string, service: string, fromMs: number): Promise<void> {
  const sampled = storedQueue(fromMs).flatMap(({ timeMs, value }) =>
    HOSTS.map((host) => ({ metric: 'queue', service, labels: { queue: host }, timeMs, value, isCounter: false })),
  );
  const response = await fetch(`${url}/opentelemetry/v1/metrics`, {
    method: 'POST',
    body: Buffer.from(metricRequest(sampled).protobuf),
    headers: { 'content-type': 'application/x-protobuf' },
  });
  ok(response.ok, await response.text());
  await fetch(`${url}/internal/force_flush`);
}

async function replay(url: string, service: string, fromMs: number): Promise<{ out: string; shadow: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-replay-'));
  const config = join(folder, 'sentinel.yaml');
  writeFileSync(config, JSON.stringify({ score: { shadow: { enabled: true, without: ['range record'] } } }));
  const time = (ms: number): string => new Date(ms).toISOString();
  const range = ['--from', time(fromMs), '--to', time(fromMs + queueLastsMs), '--slice', '4m'];
  // Labels are named as they were sent, or with underscores, by a setting of the server.
  const selectors = [`{"service.name"="${service}"}`, `{service_name="${service}"}`];
  const asked = selectors.flatMap((selector) => ['--match', selector]);
  try {
    const args = [MAIN, 'replay', '--victoriametrics', url, ...asked, ...range, '--config', config];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
    return { out: stdout, shadow: stderr.slice(stderr.indexOf('Since ')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
