import { afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom/jest-globals';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { type Replies, serveReplies } from '../../testing/backend';
import { granted, renderAt } from '../../testing/render';
import { aCorrected, aHistory, aSlo, theBurned } from '../../testing/slo-builders';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual<object>('@grafana/runtime'),
  ...jest.requireActual<object>('../../testing/plugin-page'),
}));
// Grafana's panels draw on a canvas; what they are given has tests of its own.
jest.mock('../../parts/lazy-panels', () => ({ BudgetCharts: () => null }));

let SloPages: typeof import('../slos/SloPages').default;
beforeAll(async () => {
  ({ default: SloPages } = await import('../slos/SloPages'));
});

afterEach(cleanup);
beforeEach(() => {
  localStorage.clear();
  granted['sentinel-observability-app.slos:read'] = true;
  granted['sentinel-observability-app.corrections:write'] = true;
});

const settings = { apiUrl: 'http://sentinel:8480' };
const ok = (data: unknown) => ({ status: 200, data });

function open(replies: Replies = {}, address = '/slos/checkout-availability') {
  const asked = serveReplies({
    '/slos/checkout-availability': ok(aSlo()),
    '/history': ok(aHistory()),
    '/burned': ok(theBurned()),
    ...replies,
  });
  renderAt(
    address,
    <Routes>
      <Route path="slos/*" element={<SloPages settings={settings} />} />
    </Routes>,
  );
  return asked;
}

const posted = (asked: ReturnType<typeof serveReplies>) =>
  asked.filter(({ method }) => method === 'POST').map(({ url, data }) => [url.split('/api/').at(-1), data]);

test('what burned it stands with its share and time, and what nothing explains beside it', async () => {
  open();
  const table = within(await screen.findByRole('region', { name: 'What burned it' }));
  expect(
    await table.findByRole('row', { name: /^Incident 121: Errors in checkout 70.2% .*, still going on$/ }),
  ).toBeVisible();
  expect(table.getByRole('link', { name: 'Incident 121: Errors in checkout' })).toHaveAttribute(
    'href',
    '/a/sentinel-observability-app/incidents/121',
  );
  expect(table.getByRole('row', { name: /^Deploy 2\.4\.1 \(payment\) 3.1% .*, 41 min$/ })).toBeVisible();
  expect(table.getByRole('row', { name: /^Outside incidents 14.7%/ })).toBeVisible();
});

test('a correction says what it would do before it is kept, and is sent once under an id of its own', async () => {
  const asked = open({ '/slos/corrections': { status: 201, data: aCorrected().correction } });
  await userEvent.click(await screen.findByRole('button', { name: 'Add correction' }));
  const drawer = within(await screen.findByRole('dialog'));
  expect(await drawer.findByText('Takes 310 failures out. Budget left changes from 12% to 24.5%.')).toBeVisible();
  const add = drawer.getByRole('button', { name: 'Add correction' });
  expect(add).toBeDisabled();
  await userEvent.click(drawer.getByRole('radio', { name: 'All SLOs of checkout' }));
  await userEvent.type(drawer.getByRole('textbox', { name: /Reason/ }), 'DB upgrade');
  await userEvent.click(add);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const [[path, body] = []] = posted(asked);
  expect(path).toBe('slos/corrections');
  expect(body).toMatchObject({ scope: { service: 'checkout' }, reason: 'DB upgrade' });
  expect(body).toHaveProperty('id', expect.stringMatching(/^[0-9a-f]{32}$/));
});

test('a correction that is refused stays in its drawer, with the reason', async () => {
  const refusal = { error: { code: 'conflict', message: 'There are as many corrections as may be.' } };
  open({ '/slos/corrections': { status: 409, data: refusal } }, '/slos/checkout-availability?correction=new');
  const drawer = within(await screen.findByRole('dialog'));
  await userEvent.type(drawer.getByRole('textbox', { name: /Reason/ }), 'DB upgrade');
  await userEvent.click(drawer.getByRole('button', { name: 'Add correction' }));
  expect(await drawer.findByText('There are as many corrections as may be.')).toBeInTheDocument();
});

test('what was taken out is listed with who and why, and can be reversed with a reason', async () => {
  const asked = open({
    '/history': ok(aHistory({ corrections: [aCorrected()] })),
    '/reverse': ok(aCorrected().correction),
  });
  const part = within(await screen.findByRole('region', { name: 'Corrections' }));
  expect(await part.findByText(/^\+2\.1%: .* to .*, DB upgrade, Ana Ruiz$/)).toBeInTheDocument();
  expect(part.getByText('Budget without corrections: 9.9%')).toBeInTheDocument();
  await userEvent.click(part.getByRole('button', { name: 'Reverse' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText('The entry stays in the ledger.')).toBeInTheDocument();
  await waitFor(() => expect(dialog.getByRole('textbox')).toHaveFocus());
  await userEvent.keyboard('wrong day');
  await userEvent.click(dialog.getByRole('button', { name: 'Reverse correction' }));
  await waitFor(() => expect(posted(asked)).toEqual([['slos/corrections/c1/reverse', { reason: 'wrong day' }]]));
});

test('who may only read sees what was taken out, and nothing to click', async () => {
  granted['sentinel-observability-app.corrections:write'] = false;
  open({ '/history': ok(aHistory({ corrections: [aCorrected()] })) });
  expect(await screen.findByText(/DB upgrade, Ana Ruiz$/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Reverse' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Add correction' })).toBeNull();
});

test('a part that fails leaves the others', async () => {
  open({ '/burned': { status: 500, data: {} } });
  expect(await screen.findByText('What burned the budget could not be loaded')).toBeInTheDocument();
  expect(screen.getByRole('heading', { name: /^12% left/ })).toBeInTheDocument();
});
