import { afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { cleanup, screen, within } from '@testing-library/react';
import '@testing-library/jest-dom/jest-globals';
import userEvent from '@testing-library/user-event';
import { serveReplies } from '../../testing/backend';
import { aPipeline, aStatus } from '../../testing/builders';
import { anIncident, anIncidentPage } from '../../testing/incident-builders';
import { granted, renderAt } from '../../testing/render';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual<object>('@grafana/runtime'),
  ...jest.requireActual<object>('../../testing/plugin-page'),
}));

let IncidentsPage: typeof import('./IncidentsPage').default;
beforeAll(async () => {
  ({ default: IncidentsPage } = await import('./IncidentsPage'));
});
afterEach(cleanup);
beforeEach(() => {
  // The filters of one visit come back with the next.
  localStorage.clear();
  granted['sentinel-observability-app.incidents:read'] = true;
});

const address = '/incidents?from=1759999000000&to=1760001000000';
const settings = { apiUrl: 'http://sentinel:8480' };
const rest = {
  '/status': { status: 200, data: aStatus() },
  '/pipeline': { status: 200, data: aPipeline() },
};
const listing = (...items: Array<ReturnType<typeof anIncident>>) => ({
  ...rest,
  '/incidents': { status: 200, data: anIncidentPage(...items) },
});

test('the list says what is wrong, how bad it is, what is known of why, and who is on it', async () => {
  serveReplies(listing(anIncident()));
  renderAt(address, <IncidentsPage settings={settings} />);
  expect(await screen.findByRole('link', { name: 'Errors in checkout' })).toHaveAttribute(
    'href',
    '/a/sentinel-observability-app/incidents/121',
  );
  expect(screen.getByText('Likely cause: Deploy of payment 2.4.1')).toBeInTheDocument();
  for (const text of ['Major', 'Open', '2 services', 'Showing 1 of 1']) {
    expect(screen.getByText(text)).toBeInTheDocument();
  }
});

test('what hurts most stands first, and what fires before what is only watched', async () => {
  const watched = anIncident({ id: '1', title: 'Watched', state: 'watching', severity: 'critical' });
  const small = anIncident({ id: '2', title: 'Small', severity: 'minor' });
  const large = anIncident({ id: '3', title: 'Large', severity: 'critical', startMs: 1 });
  serveReplies(listing(watched, small, large));
  renderAt(address, <IncidentsPage settings={settings} />);
  await screen.findByRole('link', { name: 'Large' });
  const titles = screen.getAllByRole('link').map(({ textContent }) => textContent);
  expect(titles.filter((text) => ['Watched', 'Small', 'Large'].includes(text ?? ''))).toEqual([
    'Large',
    'Small',
    'Watched',
  ]);
});

test.each([
  ['undecided', '', 'change', 'No cause decided'],
  ['supported', 'low', 'change', 'Possible cause: Deploy of payment 2.4.1'],
  ['supported', 'low', 'symptom', 'No cause decided'],
  ['contradicted', '', 'change', 'No cause found'],
] as const)(
  'a cause that is %s with confidence "%s" of kind %s reads "%s"',
  async (verdict, confidence, kind, text) => {
    const cause = { kind, title: 'Deploy of payment 2.4.1', service: 'payment', verdict, confidence };
    serveReplies(listing(anIncident({ cause })));
    renderAt(address, <IncidentsPage settings={settings} />);
    expect(await screen.findByText(text)).toBeInTheDocument();
  },
);

test('the API is asked for what is not closed, unless the address says otherwise', async () => {
  const asked = serveReplies(listing(anIncident()));
  renderAt(`${address}&severity=critical&service=a&demoted=true`, <IncidentsPage settings={settings} />);
  await screen.findByText('Showing 1 of 1');
  const url = asked.find((request) => request.url.includes('/incidents'))?.url ?? '';
  const query = new URLSearchParams(url.split('?')[1]);
  expect(query.getAll('state')).toEqual(['open', 'acknowledged', 'mitigated', 'watching']);
  expect(Object.fromEntries(query)).toMatchObject({ severity: 'critical', service: 'a', demoted: 'true' });
});

test('two that are one are ticked and merged into the one that stays', async () => {
  granted['sentinel-observability-app.incidents:write'] = true;
  const slow = anIncident({ id: '120', title: 'Slow search', startMs: 1_759_999_900_000 });
  const asked = serveReplies({
    ...listing(anIncident(), slow, anIncident({ id: '99', title: 'Over', state: 'closed' })),
    '/merge': { status: 200, data: slow },
  });
  renderAt(address, <IncidentsPage settings={settings} />);
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose incident 121: Errors in checkout' }));
  expect(screen.queryByRole('button', { name: /^Merge/ })).toBeNull();
  expect(screen.queryByRole('checkbox', { name: /incident 99/ })).toBeNull();
  await userEvent.click(screen.getByRole('checkbox', { name: /incident 120/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Merge 2 incidents' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByRole('radio', { name: '120: Slow search' })).toBeChecked();
  await userEvent.click(within(dialog).getByRole('radio', { name: '121: Errors in checkout' }));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Merge into incident 121' }));
  const merges = asked.filter(({ method }) => method === 'POST');
  expect(merges.map(({ url, data }) => [url.split('/api/').at(-1), data])).toEqual([
    ['incidents/121/merge', { incidents: ['120'] }],
  ]);
  expect(screen.queryByRole('button', { name: /^Merge/ })).toBeNull();
});

test('who may only read has nothing to tick', async () => {
  granted['sentinel-observability-app.incidents:write'] = false;
  serveReplies(listing(anIncident()));
  renderAt(address, <IncidentsPage settings={settings} />);
  await screen.findByText('Showing 1 of 1');
  expect(screen.queryByRole('checkbox', { name: /^Choose/ })).toBeNull();
});

test('an empty list says what was watched, and can show the closed ones', async () => {
  const asked = serveReplies(listing());
  renderAt(address, <IncidentsPage settings={settings} />);
  expect(await screen.findByText('No open incidents')).toBeInTheDocument();
  expect(screen.getByText('4,212 series are scored, 38 are learning, 18 are not scored.')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Show closed' }));
  expect(await screen.findByText('No open incidents')).toBeInTheDocument();
  expect(asked.filter(({ url }) => url.includes('/incidents')).some(({ url }) => !url.includes('state='))).toBe(true);
});

test('text from telemetry is shown as text', async () => {
  const title = '<img src=x onerror=alert(1)> of checkout';
  serveReplies(listing(anIncident({ title })));
  const { container } = renderAt(address, <IncidentsPage settings={settings} />);
  expect(await screen.findByText(title)).toBeInTheDocument();
  expect(container.querySelector('img[src="x"]')).toBeNull();
});

test('a user without the right is told which one is missing, and nothing is asked', () => {
  granted['sentinel-observability-app.incidents:read'] = false;
  const asked = serveReplies(listing(anIncident()));
  renderAt(address, <IncidentsPage settings={settings} />);
  expect(screen.getByText('You cannot view incidents')).toBeInTheDocument();
  expect(asked).toEqual([]);
});
