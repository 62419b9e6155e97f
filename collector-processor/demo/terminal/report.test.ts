import { expect, test } from '@jest/globals';
import type { Injection } from '../director/injection.ts';
import { badDeploy } from '../faults/bad-deploy.ts';
import { latency } from '../faults/latency.ts';
import { summarise } from '../findings/summary.ts';
import { anomaly } from '../testing/anomaly.ts';
import { reportJson } from './report-json.ts';
import { renderReport } from './report.ts';
import { renderTable } from './table.ts';

const found: Injection = { id: 'latency-1', fault: latency, startMs: 10_400, endMs: 30_000 };
const missed: Injection = { id: 'bad-deploy-2', fault: badDeploy, startMs: 90_400, endMs: 120_000 };
const summary = summarise({
  injections: [found, missed],
  findings: [
    { anomaly: anomaly(), border: 'notice' },
    {
      anomaly: anomaly({ id: 'x', startMs: 500, series: { service: 'catalog', operation: 'GET /search' } }),
      border: 'page',
    },
  ],
  changes: [],
  annotated: new Map([['latency-1', 3_912]]),
});

test('columns are as wide as their widest cell', () => {
  expect(
    renderTable([
      ['a', 'bb'],
      ['ccc', ''],
    ]),
  ).toEqual(['a    bb', '───  ──', 'ccc']);
});

test('the table has a line for each fault, found or missed', () => {
  const lines = renderReport(summary);
  expect(lines[2]).toMatch(/^latency +payment +payment +traces +p95 +up +1 bucket, 2\.1 s +found$/);
  expect(lines[3]).toMatch(/^bad-deploy +payment +–.*MISSED$/);
});

test('what Grafana showed has its time there', () => {
  expect(renderReport(summary)).toContain('Annotated in Grafana: latency after 3.9 s.');
  expect(renderReport({ ...summary, rows: [] }).join()).not.toMatch(/Grafana/);
});

test('what was not seen and what was false is said too', () => {
  const text = renderReport(summary).join('\n');
  expect(text).toContain('version 1.5.0 of payment was not seen as a deploy');
  expect(text).toContain('1 false findings, 1 of them above the page border');
  expect(text).toContain('catalog: p95 of GET /search up');
});

test('the JSON line holds the same', () => {
  const facts = { bucketMs: 1000, seed: 1, servicesUpMs: 2_000.4, firstTelemetryMs: 2_500 };
  expect(JSON.parse(reportJson(summary, facts))).toMatchObject({
    services_up_ms: 2000,
    first_found_ms: null,
    faults: [
      { fault: 'latency', found: { service: 'payment', delay_buckets: 1, delay_ms: 2100 }, findings: 1 },
      { fault: 'bad-deploy', found: null, change_seen: false },
    ],
    found: 1,
    false_findings: [{ service: 'catalog', border: 'page' }],
  });
});
