import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { cleanup, screen, within } from '@testing-library/react';
import '@testing-library/jest-dom/jest-globals';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import type { Slo } from '../../api/slos';
import { type Replies, serveReplies } from '../../testing/backend';
import { granted, renderAt } from '../../testing/render';
import { aSlo, aTier, calmSlo, unknownSlo } from '../../testing/slo-builders';
import SloPages from './SloPages';

afterEach(() => {
  cleanup();
  jest.useRealTimers();
});
beforeEach(() => {
  localStorage.clear();
  granted['sentinel-observability-app.slos:read'] = true;
});

const settings = { apiUrl: 'http://sentinel:8480' };
const ok = (data: unknown) => ({ status: 200, data });
const listing = (...items: Slo[]): Replies => ({ '/slos': ok({ items, total: items.length }) });

function open(replies: Replies, address = '/slos') {
  const asked = serveReplies(replies);
  renderAt(
    address,
    <Routes>
      <Route path="slos/*" element={<SloPages settings={settings} />} />
    </Routes>,
  );
  return asked;
}

/** Texts of the rows below the head. */
async function rows(): Promise<string[]> {
  await screen.findByText(/^Showing/);
  return screen
    .getAllByRole('row')
    .slice(1)
    .map(({ textContent }) => textContent ?? '');
}

test('budgets nobody can tell stand first, then those with the least left; each says how fast it goes and when it ends', async () => {
  open(listing(unknownSlo, aSlo(), calmSlo));
  const [first, second, third] = await rows();
  expect(first).toMatch(/^Search latencysearchNo dataNo dataUnknownNo data$/);
  expect(second).toMatch(/^Checkout availabilitycheckout12%22x\d+ Oct.* \(.* to .*\)Burning fast$/);
  expect(third).toMatch(/^Cart availabilitycart81%0.4xNot in this windowOn track$/);
  expect(screen.getByRole('link', { name: 'Checkout availability' })).toHaveAttribute(
    'href',
    '/a/sentinel-observability-app/slos/checkout-availability',
  );
});

test('an overspent budget says by how much, and that it is used up', async () => {
  const { exhaustion: _none, ...gone } = aSlo({ left: -0.18, status: 'exhausted' });
  open(listing(gone));
  expect((await rows())[0]).toMatch(/-18%22xUsed upExhausted$/);
});

test('objectives split by labels are one row with the worst budget, which opens to all of them', async () => {
  const eu = aSlo({ id: 'checkout-availability:eu', group: { region: 'eu' } });
  const us = aSlo({ id: 'checkout-availability:us', group: { region: 'us' }, left: 0.9 });
  open(listing(eu, us));
  const [only, ...others] = await rows();
  expect(others).toEqual([]);
  expect(only).toContain('checkout, worst of 2');
  await userEvent.click(screen.getByRole('button', { name: 'Toggle row expanded' }));
  const groups = within(await screen.findByRole('region', { name: 'Budgets by label' }));
  expect(groups.getByRole('link', { name: 'region=eu' })).toBeInTheDocument();
  expect(groups.getByRole('row', { name: /region=us.*90%/ })).toBeInTheDocument();
});

test('any other row opens to the windows of its tiers', async () => {
  open(listing(aSlo()));
  await rows();
  await userEvent.click(screen.getByRole('button', { name: 'Toggle row expanded' }));
  expect(await screen.findByRole('row', { name: 'Fast 5m: 16x 1h: 22x 14.4x Page Burning' })).toBeInTheDocument();
});

test('service and status narrow the list, and what matches nothing says so', async () => {
  open(listing(unknownSlo, aSlo(), calmSlo), '/slos?status=on_track');
  expect(await rows()).toHaveLength(1);
  cleanup();
  open(listing(unknownSlo, aSlo(), calmSlo), '/slos?service=cart&q=checkout');
  expect(await screen.findByText('No SLOs match these filters')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(await rows()).toHaveLength(3);
});

test('without objectives it says where they come from', async () => {
  open(listing());
  expect(await screen.findByText('No SLOs yet')).toBeInTheDocument();
});

test.each([
  [{ status: 502, data: {} }, 'The sidecar cannot be reached'],
  [{ status: 500, data: {} }, 'SLOs could not be loaded'],
  [{ status: 403, data: { message: 'plugin proxy route access denied' } }, 'You cannot view SLOs'],
])('what goes wrong is said: %j', async (reply, text) => {
  open({ '/slos': reply });
  expect(await screen.findByText(text)).toBeInTheDocument();
});

test('who may not read them sees what is missing, and nothing is asked', async () => {
  granted['sentinel-observability-app.slos:read'] = false;
  const asked = open(listing(aSlo()));
  expect(await screen.findByText('You cannot view SLOs')).toBeInTheDocument();
  expect(asked).toEqual([]);
});

test('the page of one says what is left in a sentence, how fast it goes, and how that was computed', async () => {
  open({ '/slos/checkout-availability': ok(aSlo()) }, '/slos/checkout-availability');
  expect(await screen.findByRole('heading', { name: /^12% left of 1,210 allowed failures\. Runs out/ })).toBeVisible();
  expect(screen.getByText('5m 16x / 1h 22x, limit 14.4x')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'How this is computed' }));
  const sum = '28d: 1,210,000 events, 0.1% may fail = 1,210. Failed: 1,065. Left: 145 = 12%.';
  expect(await screen.findByText(sum)).toBeInTheDocument();
});

test('with too few events it says how many there were, and how many alerts wait for', async () => {
  const few = aSlo({ status: 'too_few_events', tiers: [aTier({ state: 'waits', long: { total: 3, bad: 1 } })] });
  open({ '/slos/checkout-availability': ok(few) }, '/slos/checkout-availability');
  const text = 'Too few events: 3 in 1h. Alerts wait for at least 50 events and 3 failures.';
  expect(await screen.findByText(text)).toBeInTheDocument();
});

test('time of which nobody knows how it was is said', async () => {
  open({ '/slos/checkout-availability': ok(aSlo({ unknownMinutes: 360 })) }, '/slos/checkout-availability');
  expect(await screen.findByText(/^Of 6 hr in this window nobody knows how they were/)).toBeInTheDocument();
});

test('one that is not configured any more is missed by name', async () => {
  open({}, '/slos/gone');
  expect(await screen.findByText('There is no SLO gone')).toBeInTheDocument();
});
