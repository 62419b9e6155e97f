/** Findings that came one after the other, as the sidecar's own incidents. */
import { IncidentStage } from '../../collector-processor/src/correlate/incident-stage.ts';
import type { IncidentLedger } from '../../collector-processor/src/correlate/stage-parts.ts';
import type { IncidentSummary } from '../../collector-processor/src/model/incident.ts';
import { type Clock, systemClock } from '../../collector-processor/src/runtime/clock.ts';
import { silentLogger } from '../../collector-processor/src/runtime/logger.ts';
import { createSelfMetrics } from '../../collector-processor/src/runtime/self-metrics.ts';
import type { Findings } from './findings.ts';

const options = {
  joinWithin: 300_000,
  watchFor: 3_600_000,
  changeLookback: 1_800_000,
  maxAnomalies: 20_000,
  maxIncidents: 1_000,
  alertSilence: 86_400_000,
  together: [],
  apart: [],
  interval: 1_000,
  // Nothing is demoted: what the walk looks at stays in the list.
  demoteAfter: 0,
  demoteWithin: 0,
};

/** Every service calls every other one, so that what is near in time belongs together. */
const around = {
  runsAt: () => false,
  distance: (_place: unknown, [left, right]: readonly [string, string]) => (left === right ? 0 : 1),
};

const harm = { budgetsSpent: () => [], failedVisitors: () => 0 };

const view = { series: () => [], steps: () => undefined, links: () => [] };

interface Seeding {
  readonly findings: Findings;
  readonly ledger: IncidentLedger;
  readonly onIncident: (summary: IncidentSummary) => void;
}

/** The real stage, told of each finding at the time when it was found. */
export async function seedIncidents({ findings, ledger, onIncident }: Seeding): Promise<IncidentStage> {
  let past: number | undefined;
  const clock: Clock = { ...systemClock, nowMs: () => past ?? systemClock.nowMs() };
  let told = false;
  const followed = () => (told ? findings.anomalies.filter(({ state }) => state === 'open') : []);
  const common = { options, ledger, around, view, harm, followed, isActive: () => true, onIncident };
  const stage = new IncidentStage({ ...common, clock, logger: silentLogger, metrics: createSelfMetrics() });
  await stage.start();
  const events = [
    ...findings.changes.map((change) => ({ atMs: change.timeMs, tell: () => stage.change(change) })),
    ...findings.anomalies.map((anomaly) => ({
      atMs: anomaly.detectedAtMs,
      tell: () => stage.anomaly({ kind: 'opened', anomaly: { ...anomaly, state: 'open' } }),
    })),
    ...findings.anomalies
      .filter(({ state }) => state === 'closed')
      .map((anomaly) => ({ atMs: anomaly.endMs, tell: () => stage.anomaly({ kind: 'closed', anomaly }) })),
  ];
  for (const { atMs, tell } of events.sort((a, b) => a.atMs - b.atMs)) {
    past = atMs;
    tell();
  }
  past = undefined;
  told = true;
  return stage;
}
