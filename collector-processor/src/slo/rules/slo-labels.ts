import type { Objective } from '../../model/slo.ts';

/** How Sloth names what it records; dashboards for it find these rules. */
export interface SloLabels {
  readonly id: string;
  /** What tells it apart from others. */
  readonly own: Readonly<Record<'sloth_id' | 'sloth_service' | 'sloth_slo', string>>;
  /** On every rule. */
  readonly labels: Readonly<Record<string, string>>;
  /** `{sloth_id="…",…}`: finds what was recorded for the objective. */
  readonly selector: string;
}

export function labelsOfSlo({ service, name, labels }: Objective): SloLabels {
  const id = `${service}-${name}`;
  const own = { sloth_id: id, sloth_service: service, sloth_slo: name };
  const matchers = Object.entries(own).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return { id, own, labels: { ...labels, ...own }, selector: `{${matchers.join(',')}}` };
}

/** Where to read what to do, and where to look; the latter below Grafana's address. */
export function linksOf(objective: Objective): Readonly<Record<'runbook_url' | 'dashboard_url', string>> {
  const { id } = labelsOfSlo(objective);
  return {
    runbook_url: 'docs/runbooks/slo-burn.md',
    dashboard_url: `/a/sentinel-observability-app/slos/${encodeURIComponent(id)}`,
  };
}
