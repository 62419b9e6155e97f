/** One process on the store: writes changes under its own name all the time and tells what it is. SIGTERM ends it in order. */
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../src/runtime/clock.ts';
import { silentLogger } from '../../src/runtime/logger.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';
import type { DutyState } from '../../src/store/duty.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { StoreOptions } from '../../src/store/store-options.ts';

export interface StandbyOptions {
  readonly store: StoreOptions;
  /** False: rows are written through a store that knows of no lease, as long as this process believes to be active. */
  readonly fenced: boolean;
}

export interface StandbyMessage {
  readonly state: DutyState;
  readonly holder: string;
  /** Wall clock of the machine, which all processes share. */
  readonly atMs: number;
}

const { store: options, fenced } = JSON.parse(process.argv[2] ?? '') as StandbyOptions;
const common = { options, clock: systemClock, logger: silentLogger };
const store = await openStore({ ...common, takesDuty: true, metrics: createSelfMetrics() });
const writer = fenced ? store : await openStore({ ...common, metrics: createSelfMetrics() });
let holder = '';
const stopped = new AbortController();

function isStopped(): boolean {
  return stopped.signal.aborted;
}

function say(): void {
  if (store.duty.state() === 'active') holder = store.duty.holder() ?? '';
  const message: StandbyMessage = { state: store.duty.state(), holder, atMs: Date.now() };
  process.send?.(message);
}

store.duty.onChange(say);
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => {
  stopped.abort();
  void store.close().then(() => process.exit());
});
say();

for (let number = 0; !isStopped(); number++) {
  await delay(5);
  if (store.duty.state() !== 'active') continue;
  const change = { tenant: '', kind: 'flag', service: 'x', environment: '', from: '', to: '' } as const;
  void writer.changes.record({ ...change, id: `${holder} ${number}`, timeMs: Date.now(), source: holder });
}
