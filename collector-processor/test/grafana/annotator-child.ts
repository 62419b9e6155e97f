/**
 * One life of an annotator over a store on disk, to be ended by kill -9. It is told of events by messages, and answers
 * each with the finding's id once the event is recorded, and a question with what the ledger still has to do.
 */
import type { AnomalyEvent } from '../../src/model/anomaly.ts';
import type { FindingFate } from '../../src/publish/grafana/reconcile.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { silentLogger } from '../../src/runtime/logger.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';
import { openStore } from '../../src/store/open-store.ts';
import { storeOptions } from '../../src/store/testing/store-kinds.ts';
import { setUpAnnotator } from './annotator-setup.ts';

export type Told = { readonly kind: 'event'; readonly event: AnomalyEvent } | { readonly kind: 'question' };
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'recorded'; readonly id: string }
  | { readonly kind: 'state'; readonly pending: number; readonly open: number };

const [path = '', url = '', token = ''] = process.argv.slice(2);
const store = await openStore({
  options: { ...storeOptions, path, commitInterval: 5 },
  clock: systemClock,
  logger: silentLogger,
  metrics: createSelfMetrics(),
});
const annotator = setUpAnnotator({
  overrides: { url, token },
  ledger: store.annotations,
  fateOf,
  logger: silentLogger,
});
await annotator.start();
process.on('message', (told: Told) => void hear(told));
say({ kind: 'ready' });

async function hear(told: Told): Promise<void> {
  if (told.kind === 'event') {
    await store.anomalies.record(told.event);
    annotator.anomaly(told.event);
    say({ kind: 'recorded', id: told.event.anomaly.id });
    return;
  }
  const [pending, open] = await Promise.all([store.annotations.pending(10_000), store.annotations.open(10_000)]);
  say({ kind: 'state', pending: pending.length, open: open.length });
}

async function fateOf(id: string): Promise<FindingFate> {
  const anomaly = await store.anomalies.get(id);
  if (anomaly === undefined) return { kind: 'unknown' };
  return anomaly.state === 'open' ? { kind: 'open' } : { kind: 'closed', anomaly };
}

function say(answer: Answer): void {
  process.send?.(answer);
}
