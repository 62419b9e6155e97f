import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import '@testing-library/jest-dom/jest-globals';
import userEvent from '@testing-library/user-event';
import type { CoverageEntry, CoveragePage as Answer } from '../../api/coverage';
import { serveReplies } from '../../testing/backend';
import { aStatus } from '../../testing/builders';
import { granted, renderAt } from '../../testing/render';
import DetectionPage from './DetectionPage';

afterEach(cleanup);
beforeEach(() => {
  granted['sentinel-observability-app.detection:read'] = true;
});

const settings = { apiUrl: 'http://sentinel:8480' };
const counts = { scored: 4212, learning: 38, evicted: 12, unsuitable: 6 };

function anEntry(part: Partial<CoverageEntry> = {}): CoverageEntry {
  return {
    seriesId: '1',
    title: 'p95 latency of search',
    service: 'search',
    state: 'learning',
    why: 'It needs 6 more steps with data.',
    sinceMs: 1_760_000_000_000,
    ...part,
  };
}

function coverage(items: readonly CoverageEntry[], part: Partial<Answer> = {}) {
  return { status: 200, data: { counts, items, total: items.length, totalIsExact: true, ...part } };
}

const status = { status: 200, data: aStatus({ memory: { rssBytes: 212 * 1_048_576 } }) };

test('what is watched, what is not, and why', async () => {
  const evicted = anEntry({ seriesId: '2', title: 'heap of cart-7f', state: 'evicted', why: 'It was idle.' });
  serveReplies({ '/coverage': coverage([anEntry(), evicted]), '/status': status });
  renderAt('/detection', <DetectionPage settings={settings} />);
  expect(await screen.findByText('p95 latency of search')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: '4,212 scored' })).toBeInTheDocument();
  expect(screen.getByText('It needs 6 more steps with data.')).toBeInTheDocument();
  expect(screen.getByText('It was idle.')).toBeInTheDocument();
  expect(screen.getByText('Memory 212 MiB')).toBeInTheDocument();
  expect(screen.getByText('Showing 2 of 2')).toBeInTheDocument();
});

test('what is scored lightly is told from what is scored in full', async () => {
  const full = anEntry({ state: 'scored', tier: 'full', why: 'Every step is judged.' });
  const why = '3 streams are watched by mean and spread only.';
  const light = anEntry({ seriesId: '2', title: 'queue of cart', state: 'scored', tier: 'light', streams: 3, why });
  serveReplies({ '/coverage': coverage([full, light], { counts: { ...counts, light: 2252 } }), '/status': status });
  renderAt('/detection', <DetectionPage settings={settings} />);
  expect(await screen.findByRole('button', { name: '6,464 scored (full 4,212, light 2,252)' })).toBeInTheDocument();
  expect(screen.getByRole('row', { name: /queue of cart.*Light.*3 streams/ })).toBeInTheDocument();
  expect(screen.getByRole('row', { name: /p95 latency of search.*Full/ })).toBeInTheDocument();
});

test('a figure filters, and pressed again it does not', async () => {
  const asked = serveReplies({ '/coverage': coverage([anEntry()]), '/status': status });
  renderAt('/detection', <DetectionPage settings={settings} />);
  const figure = () => screen.findByRole('button', { name: '38 learning' });
  await userEvent.click(await figure());
  expect(await figure()).toHaveAttribute('aria-pressed', 'true');
  const questions = () => asked.filter(({ url }) => url.includes('/coverage')).map(({ url }) => url.split('?')[1]);
  expect(questions().at(-1)).toBe('state=learning&limit=500');
  await userEvent.click(await figure());
  expect(await figure()).toHaveAttribute('aria-pressed', 'false');
});

test('what the address asks for is what the API is asked for', async () => {
  const asked = serveReplies({ '/coverage': coverage([anEntry()]), '/status': status });
  renderAt('/detection?q=heap&state=evicted&service=a&service=b', <DetectionPage settings={settings} />);
  await screen.findByText('Showing 1 of 1');
  expect(asked.find(({ url }) => url.includes('/coverage'))?.url).toContain('q=heap&state=evicted&service=a&service=b');
});

test('nothing that arrived is not nothing that is wrong', async () => {
  serveReplies({ '/coverage': coverage([]), '/status': status });
  renderAt('/detection', <DetectionPage settings={settings} />);
  expect(await screen.findByText('No series yet')).toBeInTheDocument();
  expect(screen.getByText('Nothing has arrived at the receivers.')).toBeInTheDocument();
});

test('filters that match nothing can be cleared, and the figures stay', async () => {
  let empty = true;
  serveReplies({ '/coverage': () => coverage(empty ? [] : [anEntry()]), '/status': status });
  renderAt('/detection?q=nothing', <DetectionPage settings={settings} />);
  expect(await screen.findByText('No series match these filters')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: '12 evicted' })).toBeInTheDocument();
  empty = false;
  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(await screen.findByText('Showing 1 of 1')).toBeInTheDocument();
});

test('more series than one answer holds: the page says so', async () => {
  serveReplies({ '/coverage': coverage([anEntry()], { total: 4000 }), '/status': status });
  renderAt('/detection', <DetectionPage settings={settings} />);
  const text = 'Showing 1 of 4,000. Search or filter to see more than the first 500.';
  expect(await screen.findByText(text)).toBeInTheDocument();
});

test('without the status the page stands, without memory', async () => {
  serveReplies({ '/coverage': coverage([anEntry()]), '/status': { status: 403, data: { message: 'denied' } } });
  renderAt('/detection', <DetectionPage settings={settings} />);
  expect(await screen.findByText('Showing 1 of 1')).toBeInTheDocument();
  expect(screen.queryByText(/^Memory/)).toBeNull();
});

test('a failure and a missing right are named', async () => {
  serveReplies({ '/coverage': { status: 500, data: {} } });
  renderAt('/detection', <DetectionPage settings={settings} />);
  expect(await screen.findByText('Detection could not be loaded')).toBeInTheDocument();
  cleanup();
  serveReplies({ '/coverage': { status: 403, data: { message: 'Access denied' } } });
  renderAt('/detection', <DetectionPage settings={settings} />);
  expect(await screen.findByText('You cannot view detection')).toBeInTheDocument();
  cleanup();
  granted['sentinel-observability-app.detection:read'] = false;
  const asked = serveReplies({});
  renderAt('/detection', <DetectionPage settings={settings} />);
  expect(screen.getByText(/sentinel-observability-app\.detection:read/)).toBeInTheDocument();
  expect(asked).toEqual([]);
});
