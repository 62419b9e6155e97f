import type { AlertRule } from '../../slo/rules/rule-file.ts';

/** An alert rule as Grafana's files of provisioning hold it. */
export interface GrafanaRule {
  readonly uid: string;
  readonly title: string;
  readonly condition: string;
  readonly data: readonly object[];
  readonly for: string;
  readonly noDataState: 'OK';
  readonly execErrState: 'Error';
  readonly dashboardUid?: string;
  readonly panelId?: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The data source of provisioning/datasources. */
const METRICS_UID = 'victoriametrics';

/** Of an instant query; the expression says by itself how far it looks back. */
const LOOKED_BACK = { from: 600, to: 0 };

/** What Grafana allows. */
const LONGEST_UID = 40;

/**
 * What PromQL answers is what fires, zeros as well, so the condition only asks whether there is a number. No answer is calm; a
 * query that fails is an alert of its own (`DatasourceError`), since a ruler that cannot see must not look calm.
 */
export function grafanaRule(rule: AlertRule): GrafanaRule {
  const expression = { refId: 'B', type: 'math', expression: 'is_number($A)' };
  const query = { refId: 'A', expr: rule.expr, instant: true, range: false };
  return {
    uid: uidOf(rule.alert),
    title: rule.alert,
    condition: 'B',
    data: [
      { refId: 'A', relativeTimeRange: LOOKED_BACK, datasourceUid: METRICS_UID, model: query },
      { refId: 'B', datasourceUid: '__expr__', model: expression },
    ],
    for: rule.for ?? '0s',
    noDataState: 'OK',
    execErrState: 'Error',
    ...panelOf(rule.annotations['dashboard_url'] ?? ''),
    labels: mapped(rule.labels, (text) => inGrafana(text).replaceAll('$', '$$$$')),
    annotations: mapped(rule.annotations, inGrafana),
  };
}

/** `SentinelDeadLetters` is `sentinel-dead-letters`. */
function uidOf(alert: string): string {
  return alert
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase()
    .slice(0, LONGEST_UID);
}

/**
 * `$value` is a text about all queries in Grafana. Files of provisioning expand `$` in labels from the environment, but not in
 * annotations.
 */
function inGrafana(text: string): string {
  return text.replaceAll('$value', '(index $values "A").Value');
}

/** `/d/<uid>?viewPanel=<id>`: Grafana then shows the state of the alert on the panel. */
function panelOf(url: string): { readonly dashboardUid: string; readonly panelId: number } | object {
  const [, dashboardUid, query = ''] = /^\/d\/([\w-]+)\?(.*)$/.exec(url) ?? [];
  const panel = new URLSearchParams(query).get('viewPanel');
  return dashboardUid === undefined || panel === null ? {} : { dashboardUid, panelId: Number(panel) };
}

function mapped(
  texts: Readonly<Record<string, string>>,
  change: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, change(text)]));
}
