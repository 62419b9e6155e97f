import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'alerting-rules');

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface TestFile {
  readonly tests: readonly {
    readonly promql_expr_test: readonly {
      readonly expr: string;
      readonly exp_samples: readonly { readonly value: number }[];
    }[];
  }[];
}

interface Dashboard {
  readonly uid: string;
  readonly panels: readonly { readonly id: number }[];
}

interface File {
  readonly groups: readonly { readonly rules: readonly Alert[] }[];
}

const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const metrics = readFileSync(join(root, 'docs/metrics.md'), 'utf8');

/** Dashboards with their panels, and pages of the app that show one kind of thing. */
const dashboards = join(root, 'provisioning/dashboards');
const places = [
  '/a/sentinel-observability-app/incidents',
  '/a/sentinel-observability-app/slos/{{ $labels.sloth_id }}',
  ...readdirSync(dashboards)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(dashboards, name), 'utf8')) as Dashboard)
    .flatMap(({ uid, panels }) => [`/d/${uid}`, ...panels.map(({ id }) => `/d/${uid}#${id}`)]),
];

function placeOf(url: string): string {
  const [path = '', query = ''] = url.split('?');
  const panel = new URLSearchParams(query).get('viewPanel');
  return panel === null ? path : `${path}#${panel}`;
}

const published = ['anomaly_score', 'days_left_lower'];

describe.each(names)('%s', (name) => {
  const { groups } = parse(readFileSync(join(folder, name), 'utf8')) as File;
  const alerts = groups.flatMap(({ rules }) => rules);
  const { tests } = parse(readFileSync(join(folder, 'tests', name), 'utf8')) as TestFile;
  const expected = tests.flatMap((one) => one.promql_expr_test);

  test.each(alerts)('$alert says how bad it is, what it is, and what to do', ({ alert, labels, annotations }) => {
    expect(['critical', 'warning']).toContain(labels['severity']);
    expect(annotations['summary']).toBeTruthy();
    expect(annotations['description']).toBeTruthy();
    expect(places).toContain(placeOf(annotations['dashboard_url'] ?? ''));
    const runbook = readFileSync(join(root, annotations['runbook_url'] ?? ''), 'utf8');
    expect(runbook).toContain(`\`${alert}\``);
  });

  test.each(alerts)('$alert has a test in which it fires, and one in which it does not', ({ alert }) => {
    const of = expected.filter(({ expr }) => expr.includes(`alertname="${alert}"`));
    const values = of.map(({ exp_samples: [sample] }) => sample?.value ?? 0);
    expect(Math.max(...values)).toBeGreaterThan(0);
    expect(Math.min(...values)).toBe(0);
  });

  test.each(alerts)('$alert reads only what Sentinel publishes', ({ expr }) => {
    const read = [...expr.matchAll(/\b(sentinel_[a-z_]+|[a-z_]+_(?:score|lower))\b/g)].map(([series]) => series);
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((series) => !published.includes(series) && !metrics.includes(`\`${series}\``))).toEqual([]);
  });
});
