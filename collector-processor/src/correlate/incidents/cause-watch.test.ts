import { expect, test } from '@jest/globals';
import { anAnomaly, aSeries, findingId, NOON, wholeOf } from '../../store/testing/builders.ts';
import type { TelemetryView } from '../causes/build-case.ts';
import type { SeriesSteps } from '../causes/case-series.ts';
import { CauseWatch } from './cause-watch.ts';
import { IncidentRecord } from './incident-record.ts';
import { memberOf } from './member.ts';

const series = wholeOf(aSeries());
const timeMs = Array.from({ length: 40 }, (_, index) => NOON + (index - 30) * 10_000);
const steps: SeriesSteps = {
  stepMs: 10_000,
  timeMs,
  value: timeMs.map((at) => (at >= NOON ? 0.5 : 0.01)),
  score: timeMs.map(() => 0),
  expected: timeMs.map(() => 0.01),
};
const view: TelemetryView = {
  series: () => [{ series, title: 'Error rate of checkout' }],
  steps: () => steps,
  links: () => [],
};

function join(incident: IncidentRecord, anomaly = anAnomaly({ series })): void {
  const fact = { kind: 'anomaly', anomaly: memberOf(anomaly) } as const;
  incident.apply({ incidentId: '1', sequence: incident.sequence + 1, atMs: NOON, actor: '', fact });
}

test('tells the causes once, and again only when what stands first has changed', () => {
  const watch = new CauseWatch(view);
  const incident = new IncidentRecord('1', NOON);
  join(incident);
  const causes = watch.look(incident, NOON)?.causes;
  expect(causes?.candidates[0]).toMatchObject({ service: 'checkout', verdict: 'supported' });
  if (causes === undefined) return;
  incident.apply({ incidentId: '1', sequence: 2, atMs: NOON, actor: '', fact: { kind: 'causes', causes } });
  join(incident, anAnomaly({ id: findingId(2), series }));
  expect(watch.look(incident, NOON + 1)).toBeUndefined();
  expect(watch.look(incident, NOON + 60_000)).toBeUndefined();
});

test('the end of a finding is no news of the cause', () => {
  const watch = new CauseWatch(view);
  const incident = new IncidentRecord('1', NOON);
  join(incident, anAnomaly({ series, state: 'closed' }));
  expect(watch.look(incident, NOON)).toBeUndefined();
});
