import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanup, screen, within } from '@testing-library/react';
import '@testing-library/jest-dom/jest-globals';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { type Replies, serveReplies } from '../../testing/backend';
import { anAnomaly } from '../../testing/builders';
import { aDetail, aMember, anIncident, theCauses } from '../../testing/incident-builders';
import { granted, renderAt } from '../../testing/render';
import IncidentPage from './IncidentPage';
import { oddestOf } from './oddest-of';
import { storyOf } from './story';

afterEach(cleanup);
beforeEach(() => {
  granted['sentinel-observability-app.incidents:read'] = true;
  granted['sentinel-observability-app.incidents:write'] = true;
});

const settings = { apiUrl: 'http://sentinel:8480' };
const ok = (data: unknown) => ({ status: 200, data });
const task = { id: 't1', text: 'Tell support', done: false };

function open(replies: Replies = {}, detail = aDetail(), search = '') {
  const asked = serveReplies({ '/incidents/121': ok(detail), '/similar': ok({ items: [] }), ...replies });
  renderAt(
    `/incidents/121${search}`,
    <Routes>
      <Route path="incidents/:id" element={<IncidentPage settings={settings} />} />
    </Routes>,
  );
  return asked;
}

const written = (asked: ReturnType<typeof serveReplies>) =>
  asked
    .filter(({ method }) => method !== 'GET')
    .map(({ method, url, data }) => [method, url.split('/api/').at(-1), data]);

test('a task is added, and ticked when it is done', async () => {
  const asked = open({ '/tasks': ok(anIncident()), '/tasks/t1': ok(anIncident()) }, aDetail({ tasks: [task] }));
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Tell support' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'New task' }), 'Call the bank{Enter}');
  expect(written(asked)).toEqual([
    ['PUT', 'incidents/121/tasks/t1', { text: 'Tell support', done: true }],
    ['POST', 'incidents/121/tasks', { text: 'Call the bank' }],
  ]);
  expect(screen.getByRole('textbox', { name: 'New task' })).toHaveValue('');
  expect(screen.getByRole('region', { name: 'Tasks (0 of 1 done)' })).toBeInTheDocument();
});

test('who may only read sees tasks and cannot tick them', async () => {
  granted['sentinel-observability-app.incidents:write'] = false;
  open({}, aDetail({ tasks: [task] }));
  expect(await screen.findByRole('checkbox', { name: 'Tell support' })).toBeDisabled();
  expect(screen.queryByRole('textbox', { name: 'New task' })).toBeNull();
});

test('earlier incidents that showed the same lead to theirs, with what they came to', async () => {
  const earlier = { incident: anIncident({ id: '98' }), similarity: 0.8, shared: ['checkout: error_ratio up'] };
  open({ '/similar': ok({ items: [earlier] }) });
  const seen = await screen.findByRole('region', { name: 'Seen before' });
  expect(await within(seen).findByRole('link', { name: 'Incident 98: Errors in checkout' })).toHaveAttribute(
    'href',
    '/a/sentinel-observability-app/incidents/98',
  );
  expect(seen).toHaveTextContent('Likely cause: Deploy of payment 2.4.1');
  expect(seen).toHaveTextContent('Both show checkout: error_ratio up.');
});

test('one part that fails leaves the others', async () => {
  open({ '/similar': { status: 500, data: { error: { code: 'internal', message: 'broken' } } } });
  expect(await screen.findByText('Earlier incidents could not be loaded')).toBeInTheDocument();
  expect(screen.getByRole('region', { name: 'What is broken' })).toBeInTheDocument();
});

const changed = {
  series: anAnomaly().series,
  title: 'error ratio of checkout',
  statistic: 0.91,
  pValue: 0.001,
  volume: 1,
  share: 1.2,
  before: { steps: 60, mean: 0.004 },
  window: { steps: 60, mean: 0.142 },
};

test('what changed is asked of the shown time, by shape or by volume', async () => {
  const asked = open(
    { '/window-changes': ok({ items: [changed], compared: 40, complete: true }) },
    aDetail(),
    '?view=table&zoom=1759999000000-1760001000000',
  );
  await userEvent.click(await screen.findByRole('button', { name: 'What changed here' }));
  const drawer = await screen.findByRole('dialog');
  expect(await within(drawer).findByText('1 of 40 series changed.')).toBeInTheDocument();
  const [, row] = within(drawer).getAllByRole('row');
  expect(row).toHaveTextContent('error ratio of checkout0.4%14.2%0.91+120%');
  await userEvent.click(within(drawer).getByRole('radio', { name: 'By change of volume' }));
  const questions = asked.filter(({ url }) => url.includes('/window-changes')).map(({ url }) => url.split('?')[1]);
  expect(questions).toContain('from=1759999000000&to=1760001000000&order=ks&limit=50');
  expect(questions).toContain('from=1759999000000&to=1760001000000&order=volume&limit=50');
});

test('of a time of which nothing is kept it says so', async () => {
  open({ '/window-changes': ok({ items: [], compared: 0, complete: true }) });
  await userEvent.click(await screen.findByRole('button', { name: 'What changed here' }));
  expect(await screen.findByText('Nothing is kept of this time')).toBeInTheDocument();
});

const edge = {
  tenant: '',
  environment: 'production',
  from: 'checkout',
  to: 'payment',
  remote: false,
  confidence: 'high',
  sinceMs: 1_760_000_000_000,
  lastMs: 1_760_000_600_000,
  ageMs: 5000,
  calls: 1000,
  failed: 10,
  rate: 30,
  errorRatio: 0.1,
  p95Seconds: 0.2,
};
const named = (service: string) => ({ tenant: '', environment: 'production', service, remote: false, resources: {} });

test('the affected services are a table too, with whom they call', async () => {
  const graph = { services: ['checkout', 'payment'].map(named), edges: [edge], complete: true };
  const asked = open({ '/graph': ok(graph) });
  const part = await screen.findByRole('region', { name: 'Affected services' });
  await userEvent.click(await within(part).findByRole('radio', { name: 'Table' }));
  expect(await within(part).findByRole('row', { name: /payment.*30 \/s.*10%.*200 ms/ })).toBeInTheDocument();
  expect(asked.find(({ url }) => url.includes('/graph'))?.url).toContain('service=checkout&service=payment');
});

test('without spans it says that no calls were seen', async () => {
  open({ '/graph': ok({ services: [], edges: [], complete: true }) });
  expect(await screen.findByText(/^No calls of these services were seen/)).toBeInTheDocument();
});

test('evidence is what supports the first cause, then the strongest of each other service', () => {
  const fact = (part: Parameters<typeof aMember>[0]) => ({ kind: 'anomaly' as const, anomaly: aMember(part) });
  const facts = [
    fact({ id: 'a' }),
    fact({ id: 'b', service: 'cart', seriesId: 'b', peakScore: 2 }),
    fact({ id: 'c', service: 'cart', seriesId: 'c', peakScore: 9 }),
    theCauses,
  ];
  const timeline = facts.map((one, index) => ({ incidentId: '1', sequence: index + 1, atMs: 0, actor: '', fact: one }));
  expect(oddestOf(storyOf(timeline)).map(({ id }) => id)).toEqual(['a', 'c']);
  expect(oddestOf(storyOf([]))).toEqual([]);
});
