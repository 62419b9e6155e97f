import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanup, screen, within } from '@testing-library/react';
import '@testing-library/jest-dom/jest-globals';
import userEvent from '@testing-library/user-event';
import type { Graph, GraphEdge } from '../../api/graph';
import { serveReplies } from '../../testing/backend';
import { anIncident, anIncidentPage } from '../../testing/incident-builders';
import { granted, renderAt } from '../../testing/render';
import { graphFrames } from '../../parts/services/graph-frames';
import { mapRows, serviceRows } from '../../parts/services/service-rows';
import ServicesPage from './ServicesPage';

afterEach(cleanup);
beforeEach(() => {
  granted['sentinel-observability-app.incidents:read'] = true;
});

const settings = { apiUrl: 'http://sentinel:8480' };
const place = { tenant: '', environment: 'production' };

function anEdge(from: string, to: string, part: Partial<GraphEdge> = {}): GraphEdge {
  return {
    ...place,
    from,
    to,
    remote: false,
    confidence: 'high',
    sinceMs: 1_760_000_000_000,
    lastMs: 1_760_000_600_000,
    ageMs: 5000,
    calls: 1000,
    failed: 10,
    rate: 10,
    errorRatio: 0.1,
    p95Seconds: 0.2,
    ...part,
  };
}

const aService = (service: string, remote = false) => ({ ...place, service, remote, resources: { host: ['node-1'] } });

const graph: Graph = {
  services: [aService('search'), aService('checkout'), aService('payment'), aService('orders-db', true)],
  edges: [
    anEdge('checkout', 'payment', { rate: 30, errorRatio: 0.1, p95Seconds: 0.2 }),
    anEdge('search', 'payment', { rate: 10, errorRatio: null, p95Seconds: 0.84 }),
    anEdge('payment', 'orders-db', { remote: true, confidence: 'medium' }),
  ],
  complete: true,
};
const incidents = anIncidentPage(anIncident({ services: ['payment'] }));

function open(address = '/services?view=table', answer: Graph = graph) {
  serveReplies({ '/graph': { status: 200, data: answer }, '/incidents': { status: 200, data: incidents } });
  return renderAt(address, <ServicesPage settings={settings} />);
}

test('trouble stands first, with what its callers see: sum of calls, their share of errors, the slowest', async () => {
  open();
  await screen.findByText('Showing 4 of 4');
  const [, first, second] = screen.getAllByRole('row');
  for (const text of ['payment', 'Anomalous', '40 /s', '7.5%', '840 ms']) {
    expect(first).toHaveTextContent(text);
  }
  expect(second).toHaveTextContent('checkout');
  expect(second).toHaveTextContent('Normal');
  expect(second).toHaveTextContent('No data');
  expect(screen.getByText('Seen by callers only')).toBeInTheDocument();
});

test('a service opens who calls it, whom it calls, where it runs, and its incidents', async () => {
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Calls of payment' }));
  const drawer = await screen.findByRole('dialog');
  expect(within(drawer).getByRole('link', { name: 'Errors in checkout' })).toHaveAttribute(
    'href',
    '/a/sentinel-observability-app/incidents/121',
  );
  const rows = within(drawer)
    .getAllByRole('row')
    .map(({ textContent }) => textContent);
  expect(rows.some((text) => text?.startsWith('checkout30 /s10%200 msHigh'))).toBe(true);
  expect(rows.some((text) => text?.startsWith('orders-db10 /s10%200 msMedium'))).toBe(true);
  expect(within(drawer).getByText('host: node-1')).toBeInTheDocument();
});

test('search and health narrow the table', async () => {
  open('/services?view=table&health=normal&q=CHECK');
  await screen.findByText('Showing 1 of 1');
  expect(screen.getByRole('button', { name: 'Calls of checkout' })).toBeInTheDocument();
});

test('before spans arrive it says when services appear', async () => {
  open('/services', { services: [], edges: [], complete: true });
  expect(await screen.findByText('No services seen yet')).toBeInTheDocument();
});

test('what is cut is said', async () => {
  open('/services?view=table', { ...graph, complete: false });
  expect(await screen.findByText('There are more calls than are shown')).toBeInTheDocument();
});

test('a map shows those in trouble and one hop around them, whom somebody looks for, or all where nothing is wrong', () => {
  const rows = serviceRows({ ...graph, services: [...graph.services, aService('cron')] }, incidents.items);
  const names = (shown: typeof rows) => shown.map(({ service }) => service);
  expect(names(mapRows(rows, rows))).toEqual(['payment', 'checkout', 'orders-db', 'search']);
  expect(
    names(
      mapRows(
        rows,
        rows.filter(({ service }) => service === 'search'),
      ),
    ),
  ).toEqual(['payment', 'search']);
  expect(mapRows(serviceRows(graph, []), serviceRows(graph, []))).toHaveLength(4);
  const many = Array.from({ length: 61 }, (_, index) => aService(`s${index}`));
  const all = serviceRows({ services: many, edges: [], complete: true }, []);
  expect(mapRows(all, all)).toEqual([]);
});

test('the map draws the edges between what it shows, and the share that fails', () => {
  const rows = serviceRows(graph, incidents.items).filter(({ service }) => service !== 'search');
  const [nodes, edges] = graphFrames(rows);
  const values = (frame: typeof nodes, name: string) => frame?.fields.find((field) => field.name === name)?.values;
  expect(values(nodes, 'title')).toEqual(['payment', 'checkout', 'orders-db']);
  expect(values(nodes, 'arc__failed')).toEqual([0.075, 0, 0.1]);
  expect(values(edges, 'mainstat')).toEqual(['10 /s', '30 /s']);
});
