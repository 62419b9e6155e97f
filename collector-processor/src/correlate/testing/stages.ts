import { jest } from '@jest/globals';
import type { Anomaly, Change } from '../../model/anomaly.ts';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { openStore } from '../../store/open-store.ts';
import { NOON } from '../../store/testing/builders.ts';
import { storeOptions } from '../../store/testing/store-kinds.ts';
import { IncidentStage } from '../incident-stage.ts';

const options = {
  ...{ joinWithin: 300_000, watchFor: 60_000, changeLookback: 60_000, maxAnomalies: 10, interval: 60_000 },
  ...{ demoteAfter: 2, demoteWithin: 3_600_000, maxIncidents: 100, alertSilence: 3_600_000 },
  ...{ together: [], apart: [] },
};
const around = {
  distance: (_place: unknown, [left, right]: readonly [string, string]) => (left === right ? 0 : Infinity),
  runsAt: () => false,
};
const view = { series: () => [], steps: () => undefined, links: () => [] };
const harm = { budgetsSpent: () => [], failedVisitors: () => 0 };

const closing: (() => Promise<void>)[] = [];
/** What was opened since it was last called is closed, newest first. */
export async function closeAll(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}

export async function openLedger() {
  const metrics = createSelfMetrics();
  const store = await openStore({ options: storeOptions, clock: systemClock, logger: silentLogger, metrics });
  closing.push(() => store.close());
  const changes: Change[] = [];
  return {
    ...store.incidents,
    changes,
    changesSince: () => Promise.resolve(changes),
    endedEvents: () => store.incidents.events('1'),
    ended: () => Promise.resolve([]),
    keepCase: store.incidentCases.keep,
  };
}

export function newStage(
  ledger: Awaited<ReturnType<typeof openLedger>>,
  part: { isActive?: () => boolean; followed?: () => readonly Anomaly[] } = {},
) {
  const clock = { ...systemClock, nowMs: () => NOON };
  const metrics = createSelfMetrics();
  const onIncident = jest.fn();
  const common = { ledger, around, view, harm, onIncident, clock, logger: silentLogger, metrics };
  const stage = new IncidentStage({ options, isActive: () => true, followed: () => [], ...common, ...part });
  closing.push(() => stage.stop());
  return { stage, metrics, onIncident };
}

export async function startStage(...[ledger, part]: Parameters<typeof newStage>) {
  const made = newStage(ledger, part);
  await made.stage.start();
  return made;
}
