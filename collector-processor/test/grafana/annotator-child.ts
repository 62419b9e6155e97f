/**
 * One life of an annotator over a store on disk, to be ended by kill -9. It is told of incidents by messages, and answers
 * each with its id once it is recorded, and a question with what the ledger still has to do.
 */
import type { IncidentSummary } from '../../src/model/incident.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { silentLogger } from '../../src/runtime/logger.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';
import { openStore } from '../../src/store/open-store.ts';
import { storeOptions } from '../../src/store/testing/store-kinds.ts';
import { setUpAnnotator } from './annotator-setup.ts';

export type Told = { readonly kind: 'incident'; readonly incident: IncidentSummary } | { readonly kind: 'question' };
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
  readIncident: (id) => store.incidents.get(id),
  logger: silentLogger,
});
await annotator.start();
process.on('message', (told: Told) => void hear(told));
say({ kind: 'ready' });

async function hear(told: Told): Promise<void> {
  if (told.kind === 'incident') {
    const { incident } = told;
    const fact = { kind: 'opened', tenant: '' } as const;
    // The newest of all is what counts here; every event is the first of its timeline.
    await store.incidents.record({ incidentId: incident.id, sequence: 1, atMs: 0, actor: '', fact }, incident);
    annotator.incident(incident);
    say({ kind: 'recorded', id: incident.id });
    return;
  }
  const [pending, open] = await Promise.all([store.annotations.pending(10_000), store.annotations.open(10_000)]);
  say({ kind: 'state', pending: pending.length, open: open.length });
}

function say(answer: Answer): void {
  process.send?.(answer);
}
