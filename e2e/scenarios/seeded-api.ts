/**
 * Sidecars for looking at the app without telemetry, one a scenario, on neighbouring ports:
 *
 *   node e2e/scenarios/seeded-api.ts [first port]
 *
 * Prints where they are. Orders come as lines on standard input or as messages from a parent: `down incident`,
 * `up incident`, `add incident 2`.
 */
import { createInterface } from 'node:readline';
import { hostile, incident, nothing, storm } from './findings.ts';
import { startOtherServers } from './other-servers.ts';
import { startSeededSidecar } from './seeded-sidecar.ts';

const firstPort = Number(process.argv[2] ?? 8490);
const now = Date.now();
const watching = { scored: 4212, learning: 38, evicted: 12, unsuitable: 6 };
const learning = { scored: 0, learning: 38, evicted: 0, unsuitable: 0 };
const silent = { scored: 0, learning: 0, evicted: 0, unsuitable: 0 };

const seeds = {
  incident: { findings: incident(now), coverage: watching, receivedAgoMs: 0, role: 'operator' as const },
  storm: { findings: storm(now), coverage: watching, receivedAgoMs: 0 },
  hostile: { findings: hostile(now), coverage: watching, receivedAgoMs: 0 },
  empty: { findings: nothing, coverage: watching, receivedAgoMs: 0 },
  learning: { findings: nothing, coverage: learning, receivedAgoMs: 0 },
  silent: { findings: nothing, coverage: silent },
  trusted: { findings: incident(now), coverage: watching, receivedAgoMs: 0, role: 'admin' as const },
  interrupted: { findings: nothing, coverage: watching, receivedAgoMs: 14 * 60_000 },
};

const sidecars = Object.fromEntries(
  await Promise.all(
    Object.entries(seeds).map(
      async ([name, seed], index) => [name, await startSeededSidecar({ ...seed, port: firstPort + index })] as const,
    ),
  ),
);
const others = await startOtherServers(firstPort + Object.keys(seeds).length);

async function obey(order: string): Promise<void> {
  const [verb = '', name = '', count = '1'] = order.trim().split(' ');
  const sidecar = sidecars[name];
  if (sidecar === undefined) return;
  if (verb === 'down') await sidecar.down();
  if (verb === 'up') await sidecar.up();
  if (verb === 'add') await sidecar.add(Number(count));
}

/** Everything is in memory: there is nothing to bring to an end. */
function leave(): void {
  process.exit(0);
}

const places = {
  ...Object.fromEntries(Object.entries(sidecars).map(([name, { url, token }]) => [name, { url, token }])),
  ...others,
};
if (process.send === undefined) {
  process.stdout.write(`${JSON.stringify(places, null, 2)}\n`);
  createInterface({ input: process.stdin }).on('line', (line) => void obey(line));
} else {
  process.on('message', (order: string) => void obey(order).then(() => process.send?.({ done: order })));
  process.on('disconnect', leave);
  process.send({ places });
}
process.on('SIGTERM', leave);
process.on('SIGINT', leave);
