import type { IncidentAnalytics } from '../../contract/incident-analytics.ts';
import type { Anomaly } from '../../model/anomaly.ts';
import type { IncidentEvent } from '../../model/incident.ts';
import { medianOf } from '../../model/order-statistics.ts';
import { timesOf } from './incident-times.ts';
import { membersOf } from './signature.ts';

interface Known {
  readonly timelines: readonly (readonly IncidentEvent[])[];
  /** Findings by id, for what their detectors said. */
  readonly findings: ReadonlyMap<string, Pick<Anomaly, 'reasons'>>;
}

export function analyseIncidents({ timelines, findings }: Known): Omit<IncidentAnalytics, 'complete'> {
  const told = timelines.map((timeline) => ({ times: timesOf(timeline), members: membersOf(timeline) }));
  const detectors = new Map<string, { findings: number; unneeded: number }>();
  for (const { times, members } of told) {
    for (const { id } of members) {
      const agreed = new Set(
        findings
          .get(id)
          ?.reasons.filter((one) => one.agreed)
          .map(({ detector }) => detector),
      );
      for (const name of agreed) {
        const known = detectors.get(name) ?? { findings: 0, unneeded: 0 };
        detectors.set(name, {
          findings: known.findings + 1,
          unneeded: known.unneeded + Number(times.isUnneeded),
        });
      }
    }
  }
  const alarms = told.reduce((sum, { members }) => sum + members.length, 0);
  return {
    incidents: told.length,
    alarmsPerIncident: told.length === 0 ? null : alarms / told.length,
    acknowledge: durationsOf(told.flatMap(({ times }) => times.acknowledgedAfterMs ?? [])),
    resolve: durationsOf(told.flatMap(({ times }) => times.resolvedAfterMs ?? [])),
    detectors: [...detectors]
      .map(([detector, counts]) => ({ detector, ...counts, noise: counts.unneeded / counts.findings }))
      .sort((left, right) => right.noise - left.noise || right.findings - left.findings),
  };
}

function durationsOf(all: readonly number[]) {
  if (all.length === 0) return { incidents: 0, medianMs: null, meanMs: null };
  const meanMs = all.reduce((sum, one) => sum + one, 0) / all.length;
  return { incidents: all.length, medianMs: medianOf(all), meanMs };
}
