import type { Objective } from '../../src/model/slo.ts';
import { readSloFiles } from '../../src/slo/files/read-slo-files.ts';
import type { RuleFile } from '../../src/slo/rules/rule-file.ts';
import type { Shape } from './shapes.ts';

export const EVENTS = 'bench_events_total';
export const BAD = 'bench_bad_events_total';

/** One objective over 28 days, with a budget for each stream. */
export function objectiveOf(): readonly Objective[] {
  const text = JSON.stringify({
    version: 'sentinel/v1',
    slos: [
      {
        ...{ name: 'availability', service: 'bench', objective: 99.9, window: '28d' },
        indicator: { ratio: { bad: `sum by (stream) (${BAD})`, total: `sum by (stream) (${EVENTS})` } },
      },
    ],
  });
  return readSloFiles([{ name: 'bench.yaml', text }]).objectives;
}

/** Recorded shares and one alert for each tier, as Sloth and Pyrra describe theirs. */
export function rivalRules(shape: Shape, budget: number): RuleFile {
  const windows = [...new Set(shape.tiers.flatMap(({ short, long }) => [short, long]))];
  const record = (minutes: number) => `bench:${shape.name}:ratio${minutes}m`;
  const share = (minutes: number) =>
    `sum by (stream) (rate(${BAD}[${minutes}m])) / sum by (stream) (rate(${EVENTS}[${minutes}m]))`;
  const recordings = windows.map((minutes) => ({ record: record(minutes), expr: share(minutes), labels: {} }));
  const alerts = shape.tiers.map(({ name, short, long, rate, forMinutes }) => ({
    alert: 'Burn',
    expr: [short, long].map((minutes) => `${record(minutes)} > ${rate * budget}`).join(' and '),
    ...(forMinutes > 0 ? { for: `${forMinutes}m` } : {}),
    labels: { slo_tier: name },
    annotations: {},
  }));
  return { groups: [{ name: shape.name, interval: '1m', rules: [...recordings, ...alerts] }] };
}
