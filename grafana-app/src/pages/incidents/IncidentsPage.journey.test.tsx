import { afterEach, expect, test } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import '@testing-library/jest-dom/jest-globals';
import userEvent from '@testing-library/user-event';
import { serveReplies } from '../../testing/backend';
import { anAnomaly, aPage, aStatus, noChanges } from '../../testing/builders';
import { renderAt } from '../../testing/render';
import IncidentsPage from './IncidentsPage';

afterEach(cleanup);

const address = '/incidents?from=1759999000000&to=1760001000000';
const full = {
  '/anomalies': { status: 200, data: aPage(anAnomaly(), anAnomaly({ id: 'b', border: 'notice', state: 'closed' })) },
  '/changes': { status: 200, data: noChanges },
  '/status': { status: 200, data: aStatus() },
};

test('the list names what is odd, how severe it is and whether it is over', async () => {
  serveReplies(full);
  renderAt(address, <IncidentsPage configured />);
  expect(await screen.findAllByText('Error rate of checkout rose to 14.2%; expected 0.1% to 0.9%.')).toHaveLength(2);
  expect(screen.getByText('Major')).toBeInTheDocument();
  expect(screen.getByText('Minor')).toBeInTheDocument();
  expect(screen.getByText('Closed')).toBeInTheDocument();
  expect(screen.getByText('Showing 2 of 2')).toBeInTheDocument();
});

test('without a sidecar address an administrator is led to the configuration', () => {
  serveReplies({});
  renderAt(address, <IncidentsPage configured={false} />);
  expect(screen.getByText('Connect Sentinel to its sidecar')).toBeInTheDocument();
});

test('an empty list says what was watched', async () => {
  serveReplies({ ...full, '/anomalies': { status: 200, data: aPage() } });
  renderAt(address, <IncidentsPage configured />);
  expect(await screen.findByText('No open incidents')).toBeInTheDocument();
  expect(screen.getByText('4212 series are scored, 38 are learning, 18 are not scored.')).toBeInTheDocument();
});

test('an empty list is not called well when nothing arrives', async () => {
  const coverage = { scored: 0, learning: 0, evicted: 0, unsuitable: 0 };
  const status = { status: 200, data: aStatus({ coverage }) };
  serveReplies({ ...full, '/anomalies': { status: 200, data: aPage() }, '/status': status });
  renderAt(address, <IncidentsPage configured />);
  expect(await screen.findByText('No incident can be found while nothing arrives.')).toBeInTheDocument();
});

test('filters that match nothing can be cleared', async () => {
  const asked = serveReplies({ ...full, '/anomalies': { status: 200, data: aPage() } });
  renderAt(`${address}&q=nothing`, <IncidentsPage configured />);
  await userEvent.click(await screen.findByRole('button', { name: 'Clear filters' }));
  expect(await screen.findByText('No open incidents')).toBeInTheDocument();
  expect(asked.filter(({ url }) => url.includes('/anomalies')).at(-1)?.url).not.toContain('q=nothing');
});

test('what the address asks for is what the API is asked for', async () => {
  const asked = serveReplies(full);
  renderAt(`${address}&severity=major&state=open&service=a&service=b`, <IncidentsPage configured />);
  await screen.findByText('Showing 2 of 2');
  const url = asked.find((request) => request.url.includes('/anomalies'))?.url ?? '';
  expect(Object.fromEntries(new URLSearchParams(url.split('?')[1]))).toMatchObject({ border: 'page', state: 'open' });
  expect(new URLSearchParams(url.split('?')[1]).getAll('service')).toEqual(['a', 'b']);
});

test('a sidecar that is away is named as such, and can be tried again', async () => {
  let away = true;
  const anomalies = () => (away ? { status: 502, data: { message: 'Bad Gateway' } } : full['/anomalies']);
  serveReplies({ ...full, '/anomalies': anomalies });
  renderAt(address, <IncidentsPage configured />);
  expect(await screen.findByText('The sidecar cannot be reached')).toBeInTheDocument();
  away = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Showing 2 of 2')).toBeInTheDocument();
});

test('a user without the right is told which one is missing', async () => {
  serveReplies({ ...full, '/anomalies': { status: 403, data: { message: 'Access denied' } } });
  renderAt(address, <IncidentsPage configured />);
  expect(await screen.findByText('You cannot view incidents')).toBeInTheDocument();
  expect(screen.getByText(/sentinel-observability-app\.incidents:read/)).toBeInTheDocument();
});

test('text from telemetry is shown as text', async () => {
  const sentence = '<img src=x onerror=alert(1)> of checkout';
  serveReplies({ ...full, '/anomalies': { status: 200, data: aPage(anAnomaly({ sentence })) } });
  const { container } = renderAt(address, <IncidentsPage configured />);
  expect(await screen.findByText(sentence)).toBeInTheDocument();
  expect(container.querySelector('img[src="x"]')).toBeNull();
});
