import { afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom/jest-globals';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import type { IncidentDetail } from '../../api/incidents';
import { serveReplies } from '../../testing/backend';
import { aDetail, aMember, anIncident, anIncidentPage, aTimeline } from '../../testing/incident-builders';
import { granted, renderAt } from '../../testing/render';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual<object>('@grafana/runtime'),
  ...jest.requireActual<object>('../../testing/plugin-page'),
}));

let IncidentPage: typeof import('./IncidentPage').default;
beforeAll(async () => {
  ({ default: IncidentPage } = await import('./IncidentPage'));
});
afterEach(cleanup);
beforeEach(() => {
  granted['sentinel-observability-app.incidents:read'] = true;
  granted['sentinel-observability-app.incidents:write'] = true;
});

const settings = { apiUrl: 'http://sentinel:8480' };

function open(detail: IncidentDetail = aDetail(), search = '') {
  const asked = serveReplies({
    '/incidents/121': { status: 200, data: detail },
    '/incidents/121/command': { status: 200, data: detail.incident },
    '/incidents/121/notes': { status: 200, data: detail.incident },
    '/incidents/121/split': { status: 200, data: anIncident({ id: '130' }) },
    '/incidents/120/merge': { status: 200, data: anIncident({ id: '120' }) },
    '/incidents/121/report': { status: 200, data: '# Incident 121' },
    '/incidents': { status: 200, data: anIncidentPage(anIncident(), anIncident({ id: '120', title: 'Slow search' })) },
  });
  renderAt(
    `/incidents/121${search}`,
    <Routes>
      <Route path="incidents/:id" element={<IncidentPage settings={settings} />} />
    </Routes>,
  );
  return asked;
}

const box = (name: string) => screen.findByRole('region', { name });
const posted = (asked: ReturnType<typeof serveReplies>) =>
  asked.filter(({ method }) => method === 'POST').map(({ url, data }) => [url.split('/api/').at(-1), data]);

test('what, since when, why and what now stand on the page without a click', async () => {
  open();
  const what = await box('What is broken');
  expect(within(what).getByText('Errors in checkout')).toBeInTheDocument();
  expect(within(what).getByText('2 services (checkout, payment), 2 anomalies')).toBeInTheDocument();
  expect(within(await box('Since when')).getByText('found after 14 sec')).toBeInTheDocument();
  expect(within(await box('Since when')).getByText('still going on')).toBeInTheDocument();
  const why = await box('Why');
  expect(within(why).getByText('Likely cause: Deploy of payment 2.4.1')).toBeInTheDocument();
  expect(within(why).getByText('Supported, high confidence')).toBeInTheDocument();
  expect(within(await box('What now')).getByText('Nobody is on it yet')).toBeInTheDocument();
});

test('causes stand in order with what speaks for and against them, and what could not be looked at', async () => {
  open();
  const causes = await box('Causes');
  expect(within(causes).getByRole('heading', { name: 'Likely cause' })).toBeInTheDocument();
  const [first, second] = within(causes)
    .getAllByRole('listitem')
    .filter(({ parentElement }) => parentElement?.tagName === 'OL');
  expect(first).toHaveTextContent('Deploy of payment 2.4.1');
  expect(first).toHaveTextContent('For (1)');
  expect(first).toHaveTextContent('Nothing found against it.');
  expect(second).toHaveTextContent('Missing: No metrics of orders-db.');
  expect(second).not.toHaveTextContent('confidence');
});

test('a responder acknowledges with one click', async () => {
  const asked = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Acknowledge' }));
  expect(posted(asked)).toEqual([['incidents/121/command', { kind: 'acknowledge' }]]);
});

test('who acknowledged stands in the place of the button, which is gone', async () => {
  const incident = anIncident({ state: 'acknowledged', owner: 'Ana Ruiz' });
  open(aDetail({ incident, allowed: ['close'] }));
  expect(await screen.findByText('Acknowledged, Ana Ruiz')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Acknowledge' })).toBeNull();
});

test('closing what still fires asks for a reason', async () => {
  const asked = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Close' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('Close incident 121 while 1 anomaly continues?');
  const anyway = within(dialog).getByRole('button', { name: 'Close anyway' });
  expect(anyway).toBeDisabled();
  await userEvent.type(within(dialog).getByRole('textbox'), 'a test');
  await userEvent.click(anyway);
  expect(posted(asked)).toEqual([['incidents/121/command', { kind: 'close', reason: 'a test' }]]);
});

test('a note is saved by its button and by keys, once', async () => {
  const asked = open();
  const field = await screen.findByRole('textbox', { name: 'Write a note' });
  await userEvent.type(field, 'looking');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(posted(asked)).toEqual([['incidents/121/notes', { text: 'looking' }]]);
  expect(field).toHaveValue('');
});

test('what the sidecar refuses is said with its reason', async () => {
  open();
  serveReplies({
    '/incidents/121': { status: 200, data: aDetail() },
    '/command': { status: 409, data: { error: { code: 'conflict', message: 'It is closed already.' } } },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Acknowledge' }));
  expect(await screen.findByText('It is closed already.')).toBeInTheDocument();
});

test('who may only read sees everything and can change nothing', async () => {
  granted['sentinel-observability-app.incidents:write'] = false;
  open();
  await box('What is broken');
  for (const name of ['Acknowledge', 'Close', 'Assign to me', 'Save']) {
    expect(screen.queryByRole('button', { name })).toBeNull();
  }
});

test('moments and table are the twins of the chart', async () => {
  open(aDetail(), '?view=moments');
  const moments = await screen.findByRole('list', { name: 'Moments' });
  expect(moments).toHaveTextContent('Deploy: payment 2.4.0 to 2.4.1');
  expect(moments).toHaveTextContent('Open');
  await userEvent.click(within(await box('Timeline')).getByRole('radio', { name: 'Table' }));
  expect(await screen.findByText('Showing 2 of 2')).toBeInTheDocument();
});

test('before the first ranking it says when there will be one', async () => {
  const { cause: _none, ...incident } = anIncident();
  open(aDetail({ incident, timeline: aTimeline({ kind: 'opened', tenant: '' }) }));
  expect(within(await box('Causes')).getByText('No candidate yet')).toBeInTheDocument();
  expect(within(await box('Why')).getByText('No candidate yet')).toBeInTheDocument();
});

test('what belongs elsewhere is ticked and split off, but never all of it', async () => {
  const asked = open(aDetail(), '?view=table');
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose: p95 of payment rose.' }));
  await userEvent.click(screen.getByRole('checkbox', { name: /Error rate of checkout/ }));
  expect(screen.getByRole('button', { name: /^Split 2 anomalies/ })).toHaveAttribute('aria-disabled', 'true');
  await userEvent.click(screen.getByRole('checkbox', { name: /Error rate of checkout/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Split 1 anomaly into a new incident' }));
  expect(posted(asked)).toEqual([['incidents/121/split', { anomalies: ['b'] }]]);
  expect(screen.queryByRole('button', { name: /^Split/ })).toBeNull();
});

test('what was merged says from where, by whom, and is split again with one click', async () => {
  const timeline = aTimeline(
    { kind: 'opened', tenant: '' },
    { kind: 'anomaly', anomaly: aMember() },
    { kind: 'merged', from: '118', anomalies: [aMember({ id: 'b' })] },
    { kind: 'split', into: '125', anomalyIds: ['c'] },
  ).map((event) => ({ ...event, actor: 'Ana Ruiz' }));
  const asked = open(aDetail({ timeline }));
  expect(await screen.findByText('Incident 118 was merged into this one')).toBeInTheDocument();
  expect(screen.getByText('Incident 125 was split from this one')).toBeInTheDocument();
  expect(screen.getAllByText(/^By Ana Ruiz at /)).toHaveLength(2);
  await userEvent.click(screen.getByRole('button', { name: 'Split again' }));
  expect(posted(asked)).toEqual([['incidents/121/split', { anomalies: ['b'] }]]);
});

test('it is merged into another one that is chosen from those that go on', async () => {
  const asked = open();
  await userEvent.click(await screen.findByRole('button', { name: 'More actions' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Merge into another incident' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByRole('button', { name: 'Merge' })).toBeDisabled();
  await userEvent.click(within(dialog).getByRole('combobox'));
  await waitFor(() => expect(asked.some(({ url }) => url.includes('/incidents?state=open'))).toBe(true));
  // Its list draws only what fits, and nothing has a size here: chosen by keys. The incident itself is not offered.
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await userEvent.click(await within(dialog).findByRole('button', { name: 'Merge into incident 120' }));
  expect(posted(asked)).toEqual([['incidents/120/merge', { incidents: ['121'] }]]);
});

test('the report is there for everybody who may read', async () => {
  granted['sentinel-observability-app.incidents:write'] = false;
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'More actions' }));
  expect((await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent)).toEqual([
    'Report',
    'Copy link',
  ]);
  await userEvent.click(screen.getByRole('menuitem', { name: 'Report' }));
  expect(await screen.findByText('# Incident 121')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Copy Markdown' })).toBeInTheDocument();
});

test('a link to an incident that was merged leads on', async () => {
  const timeline = aTimeline({ kind: 'opened', tenant: '' }, { kind: 'merged-into', into: '120' });
  open(aDetail({ incident: anIncident({ mergedInto: '120' }), timeline }));
  expect(await screen.findByRole('link', { name: 'Incident 120' })).toHaveAttribute(
    'href',
    '/a/sentinel-observability-app/incidents/120',
  );
});

test('an incident that is not there is said to be gone', async () => {
  serveReplies({});
  renderAt(
    '/incidents/7',
    <Routes>
      <Route path="incidents/:id" element={<IncidentPage settings={settings} />} />
    </Routes>,
  );
  expect(await screen.findByText('There is no incident 7')).toBeInTheDocument();
});
