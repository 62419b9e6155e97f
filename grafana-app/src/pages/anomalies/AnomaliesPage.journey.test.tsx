import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanup, screen, within } from '@testing-library/react';
import '@testing-library/jest-dom/jest-globals';
import userEvent from '@testing-library/user-event';
import { serveReplies } from '../../testing/backend';
import { aChange, anAnomaly, aPage, aPipeline, aStatus, noChanges } from '../../testing/builders';
import { granted, renderAt } from '../../testing/render';
import AnomaliesPage from './AnomaliesPage';

afterEach(cleanup);
beforeEach(() => {
  granted['sentinel-observability-app.incidents:read'] = true;
});

const address = '/anomalies?from=1759999000000&to=1760001000000&state=all';
const settings = { apiUrl: 'http://sentinel:8480' };
const full = {
  '/anomalies': { status: 200, data: aPage(anAnomaly(), anAnomaly({ id: 'b', border: 'notice', state: 'closed' })) },
  '/changes': { status: 200, data: noChanges },
  '/status': { status: 200, data: aStatus() },
  '/pipeline': { status: 200, data: aPipeline() },
};

test('the list names what is odd, how severe it is and whether it is over', async () => {
  serveReplies(full);
  renderAt(address, <AnomaliesPage settings={settings} />);
  expect(await screen.findAllByText('Error rate of checkout rose to 14.2%; expected 0.1% to 0.9%.')).toHaveLength(2);
  expect(screen.getByText('Major')).toBeInTheDocument();
  expect(screen.getByText('Minor')).toBeInTheDocument();
  expect(screen.getByText('Closed')).toBeInTheDocument();
  expect(screen.getByText('Showing 2 of 2')).toBeInTheDocument();
});

test('without a sidecar address an administrator is led to the configuration', () => {
  serveReplies({});
  renderAt(address, <AnomaliesPage settings={{}} />);
  expect(screen.getByText('Connect Sentinel to its sidecar')).toBeInTheDocument();
});

test('an empty list says what was watched', async () => {
  serveReplies({ ...full, '/anomalies': { status: 200, data: aPage() } });
  renderAt(address, <AnomaliesPage settings={settings} />);
  expect(await screen.findByText('No open anomalies')).toBeInTheDocument();
  expect(screen.getByText('4,212 series are scored, 38 are learning, 18 are not scored.')).toBeInTheDocument();
});

test('an empty list is not called well when nothing arrives', async () => {
  const coverage = { scored: 0, learning: 0, evicted: 0, unsuitable: 0 };
  const status = { status: 200, data: aStatus({ coverage }) };
  const nowMs = 1_760_000_000_000;
  const pipeline = { status: 200, data: aPipeline({ nowMs, lastReceivedMs: nowMs - 14 * 60_000 }) };
  serveReplies({ ...full, '/anomalies': { status: 200, data: aPage() }, '/status': status, '/pipeline': pipeline });
  renderAt(address, <AnomaliesPage settings={settings} />);
  expect(await screen.findByText('No telemetry for 14 min')).toBeInTheDocument();
  expect(await screen.findByText('No incident can be found while nothing arrives.')).toBeInTheDocument();
});

test('filters that match nothing can be cleared', async () => {
  const asked = serveReplies({ ...full, '/anomalies': { status: 200, data: aPage() } });
  renderAt(`${address}&q=nothing`, <AnomaliesPage settings={settings} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Clear filters' }));
  expect(await screen.findByText('No open anomalies')).toBeInTheDocument();
  expect(asked.filter(({ url }) => url.includes('/anomalies')).at(-1)?.url).not.toContain('q=nothing');
});

test('what the address asks for is what the API is asked for', async () => {
  const asked = serveReplies(full);
  renderAt(
    `${address.replace('&state=all', '')}&severity=major&service=a&service=b`,
    <AnomaliesPage settings={settings} />,
  );
  await screen.findByText('Showing 2 of 2');
  const url = asked.find((request) => request.url.includes('/anomalies'))?.url ?? '';
  expect(Object.fromEntries(new URLSearchParams(url.split('?')[1]))).toMatchObject({ border: 'page', state: 'open' });
  expect(new URLSearchParams(url.split('?')[1]).getAll('service')).toEqual(['a', 'b']);
});

test('a sidecar that is away is named as such, and can be tried again', async () => {
  let away = true;
  const anomalies = () => (away ? { status: 502, data: { message: 'Bad Gateway' } } : full['/anomalies']);
  serveReplies({ ...full, '/anomalies': anomalies });
  renderAt(address, <AnomaliesPage settings={settings} />);
  expect(await screen.findByText('The sidecar cannot be reached')).toBeInTheDocument();
  away = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Showing 2 of 2')).toBeInTheDocument();
});

test('a user without the right is told which one is missing', async () => {
  serveReplies({ ...full, '/anomalies': { status: 403, data: { message: 'Access denied' } } });
  renderAt(address, <AnomaliesPage settings={settings} />);
  expect(await screen.findByText('You cannot view anomalies')).toBeInTheDocument();
  expect(screen.getByText(/sentinel-observability-app\.incidents:read/)).toBeInTheDocument();
});

test('text from telemetry is shown as text', async () => {
  const sentence = '<img src=x onerror=alert(1)> of checkout';
  serveReplies({ ...full, '/anomalies': { status: 200, data: aPage(anAnomaly({ sentence })) } });
  const { container } = renderAt(address, <AnomaliesPage settings={settings} />);
  expect(await screen.findByText(sentence)).toBeInTheDocument();
  expect(container.querySelector('img[src="x"]')).toBeNull();
});

test('nobody who may not read is shown more than the reason', () => {
  granted['sentinel-observability-app.incidents:read'] = false;
  const asked = serveReplies(full);
  renderAt(address, <AnomaliesPage settings={settings} />);
  expect(screen.getByText('You cannot view anomalies')).toBeInTheDocument();
  expect(asked).toEqual([]);
});

test('while all series are learning, the list says when first scores are due', async () => {
  const coverage = { scored: 0, learning: 1, evicted: 0, unsuitable: 0 };
  const readyAtMs = 1_760_003_600_000;
  serveReplies({
    ...full,
    '/anomalies': { status: 200, data: aPage() },
    '/status': { status: 200, data: aStatus({ coverage }) },
    '/coverage': { status: 200, data: { items: [{ readyAtMs: readyAtMs + 1 }, { readyAtMs }] } },
  });
  renderAt(address, <AnomaliesPage settings={settings} />);
  expect(await screen.findByText('Learning')).toBeInTheDocument();
  expect(screen.getByText(/^First scores are due at 2025-10-09 09:53:20/)).toBeInTheDocument();
});

test('the answer stands above the proof: how much is open, where, and what came first', async () => {
  const later = anAnomaly({ id: 'b', border: 'notice', startMs: 1_760_000_100_000, sentence: 'Later one' });
  const closed = anAnomaly({ id: 'c', state: 'closed', startMs: 1_760_000_200_000 });
  serveReplies({ ...full, '/anomalies': { status: 200, data: aPage(later, anAnomaly(), closed) } });
  renderAt(address, <AnomaliesPage settings={settings} />);
  expect(await screen.findByText(/: 1 major open, 1 minor open, 1 closed in 1 service\.$/)).toBeInTheDocument();
  expect(screen.getByText(/^First, .*: Error rate of checkout rose/)).toBeInTheDocument();
});

test('first scores that are due today have a time and no date', async () => {
  const coverage = { scored: 0, learning: 1, evicted: 0, unsuitable: 0 };
  serveReplies({
    ...full,
    '/anomalies': { status: 200, data: aPage() },
    '/status': { status: 200, data: aStatus({ coverage }) },
    '/coverage': { status: 200, data: { items: [{ readyAtMs: Date.now() + 60_000 }] } },
  });
  renderAt(address, <AnomaliesPage settings={settings} />);
  expect(await screen.findByText(/^First scores are due at \d\d:\d\d\.$/)).toBeInTheDocument();
});

test('a refusal of the sidecar is not taken for a missing permission', async () => {
  const error = { code: 'forbidden', message: 'The header X-Sentinel-Scope is missing.', requestId: '1' };
  serveReplies({ ...full, '/anomalies': { status: 403, data: { error } } });
  renderAt(address, <AnomaliesPage settings={settings} />);
  expect(await screen.findByText('The sidecar refused: The header X-Sentinel-Scope is missing.')).toBeInTheDocument();
  expect(screen.queryByText('You cannot view anomalies')).toBeNull();
});

test('a title opens the details: what was seen and expected, who agrees, and an example to copy', async () => {
  const reasons = [
    { detector: 'seasonal', score: 3, agreed: true, text: 'never so high' },
    { detector: 'level shift', score: 0, agreed: false, text: 'no shift' },
  ];
  const anomaly = anAnomaly({ reasons, exampleLines: ['payment of * failed'] });
  const one = { status: 200, data: anomaly };
  serveReplies({ ...full, '/anomalies': { status: 200, data: aPage(anomaly) }, [`/anomalies/${anomaly.id}`]: one });
  renderAt(address, <AnomaliesPage settings={settings} />);
  await userEvent.click(await screen.findByRole('link', { name: anomaly.sentence }));
  const details = await screen.findByRole('dialog');
  expect(within(details).getByText('14.2%')).toBeInTheDocument();
  expect(within(details).getByText('1 of 2 scorers agree')).toBeInTheDocument();
  expect(within(details).getByText('payment of * failed')).toBeInTheDocument();
});

test('an anomaly that is gone is named as gone', async () => {
  serveReplies(full);
  renderAt(`${address}&sel=nobody`, <AnomaliesPage settings={settings} />);
  expect(await screen.findByText('There is no anomaly nobody')).toBeInTheDocument();
});

test('the moments tell the first anomaly of each service and every change', async () => {
  const second = anAnomaly({ id: 'b', startMs: 1_760_000_100_000, endMs: 1_760_000_110_000 });
  const anomalies = { status: 200, data: aPage(anAnomaly(), second) };
  const changes = { status: 200, data: { ...noChanges, items: [aChange()] } };
  serveReplies({ ...full, '/anomalies': anomalies, '/changes': changes });
  renderAt(`${address}&view=moments`, <AnomaliesPage settings={settings} />);
  const moments = await screen.findByRole('list', { name: 'Moments' });
  expect(
    within(moments)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual([
    expect.stringContaining('Deploy: payment 2.4.0 to 2.4.1'),
    expect.stringContaining('Error rate of checkout'),
  ]);
});

test('a zoom drives the list', async () => {
  const early = anAnomaly({ id: 'b', startMs: 1_759_999_100_000, endMs: 1_759_999_200_000, sentence: 'Early one' });
  serveReplies({ ...full, '/anomalies': { status: 200, data: aPage(anAnomaly(), early) } });
  renderAt(`${address}&zoom=1759999000000-1759999300000`, <AnomaliesPage settings={settings} />);
  expect(await screen.findByText('Early one')).toBeInTheDocument();
  expect(screen.getByText('Showing 1 of 1 in the shown range')).toBeInTheDocument();
});

test('the zoom has buttons, and lanes without anything are named', async () => {
  const early = anAnomaly({ id: 'b', startMs: 1_759_999_100_000, endMs: 1_759_999_200_000, sentence: 'Early one' });
  serveReplies({ ...full, '/anomalies': { status: 200, data: aPage(anAnomaly(), early) } });
  renderAt(address, <AnomaliesPage settings={settings} />);
  expect(await screen.findByText('No changes. Nothing odd in metrics. Nothing odd in logs.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Zoom out' })).toHaveAttribute('aria-disabled', 'true');
  await userEvent.click(screen.getByRole('button', { name: 'Zoom in' }));
  expect(await screen.findByText('Showing 1 of 1 in the shown range')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Whole range' }));
  expect(await screen.findByText('Showing 2 of 2')).toBeInTheDocument();
});
