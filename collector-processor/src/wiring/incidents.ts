import type { Settings } from '../config/schema.ts';
import { ServiceGraph } from '../correlate/graph/service-graph.ts';
import { IncidentStage } from '../correlate/incident-stage.ts';
import type { IncidentStageParts } from '../correlate/stage-parts.ts';
import type { Change } from '../model/anomaly.ts';
import type { IncidentEvent, IncidentSummary } from '../model/incident.ts';
import { createPart } from '../runtime/part.ts';
import type { ScoreStage } from '../score/score-stage.ts';
import type { ChangeStore } from '../store/change-store.ts';
import type { IncidentStore } from '../store/incident-store.ts';
import type { Foundation } from './foundation.ts';
import { telemetryView } from './telemetry-view.ts';

interface Around extends Pick<IncidentStageParts, 'harm' | 'onIncident'> {
  readonly score: () => ScoreStage;
}

/** Incidents are made by the active process; a standby reads them anew when it takes over. */
export function createIncidents(
  { settings, store, clock, logger, metrics }: Foundation,
  { score, harm, onIncident }: Around,
) {
  const view = telemetryView(score, clock.monotonicMs);
  const followed = () => score().openFindings();
  const around = new ServiceGraph({ links: view.links, whereabouts: view.whereabouts, nowMs: clock.monotonicMs });
  const isActive = (): boolean => store.duty.state() === 'active';
  const ledger = {
    ...store.incidents,
    keepCase: store.incidentCases.keep,
    changesSince: (fromMs: number) => recentChanges(store.changes, fromMs),
    ended: (fromMs: number) => endedSince(store.incidents, fromMs),
    endedEvents: (fromMs: number) => endedEvents(store.incidents, fromMs),
  };
  const common = { ledger, around, view, harm, followed, isActive, onIncident, clock, logger };
  const part = createPart(
    {
      name: 'incidents',
      reads: ({ correlate }: Settings) => correlate,
      make: ({ correlate: options }: Settings, own) => new IncidentStage({ options, ...common, metrics: own }),
      metrics,
      exclusive: true,
    },
    settings,
  );
  store.duty.onChange((state) => {
    if (state === 'standby') part.current.leave();
  });
  return part;
}

/** Newest last; more than that in one look-back is a roll-out of everything. */
const MOST_CHANGES = 1000;

async function recentChanges(changes: ChangeStore, fromMs: number): Promise<readonly Change[]> {
  return (await changes.list({ filter: { fromMs }, limit: MOST_CHANGES })).items.toReversed();
}

async function endedSince(incidents: IncidentStore, fromMs: number): Promise<readonly IncidentSummary[]> {
  const filter = { states: ['closed'], demoted: true, fromMs } as const;
  return (await incidents.list({ filter, limit: MOST_ENDED })).items.toReversed();
}

/** Newest of those that are over and had no owner; one that held more findings is no routine. */
const MOST_ENDED = 300;
const MOST_FINDINGS = 200;

async function endedEvents(incidents: IncidentStore, fromMs: number): Promise<readonly IncidentEvent[]> {
  const filter = { states: ['closed'], owner: '', demoted: true, fromMs } as const;
  const { items } = await incidents.list({ filter, limit: MOST_ENDED });
  const events: IncidentEvent[] = [];
  for (const { id, mergedInto, anomalies } of items.toReversed()) {
    if (mergedInto === '' && anomalies <= MOST_FINDINGS) events.push(...(await incidents.events(id)));
  }
  return events;
}
