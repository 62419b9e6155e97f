import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom/jest-globals';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { type Replies, serveReplies } from '../../testing/backend';
import { aReceipt, aShadowReport, aVersion, theDrills } from '../../testing/detection-builders';
import { granted, renderAt } from '../../testing/render';
import DetectionPage from './DetectionPage';

afterEach(cleanup);
beforeEach(() => {
  granted['sentinel-observability-app.detection:read'] = true;
  granted['sentinel-observability-app.detection:write'] = true;
});

const settings = { apiUrl: 'http://sentinel:8480' };
const ok = (data: unknown) => ({ status: 200, data });

/** Types where the dialog put the focus, as its reader does. */
async function answerDialog(why: string, button: string) {
  const dialog = within(await screen.findByRole('dialog'));
  await waitFor(() => expect(dialog.getByRole('textbox')).toHaveFocus());
  await userEvent.keyboard(why);
  await userEvent.click(dialog.getByRole('button', { name: button }));
}

function open(address: string, replies: Replies) {
  const asked = serveReplies(replies);
  renderAt(
    address,
    <Routes>
      <Route path="detection/*" element={<DetectionPage settings={settings} />} />
    </Routes>,
  );
  return asked;
}

const posted = (asked: ReturnType<typeof serveReplies>) =>
  asked.filter(({ method }) => method === 'POST').map(({ url, data }) => [url.split('/api/').at(-1), data]);

test('without a shadow it says where one is set', async () => {
  open('/detection/shadow', { '/shadow': ok({ state: 'off' }) });
  expect(await screen.findByText('Nothing runs in shadow')).toBeInTheDocument();
  expect(screen.getByText(/score\.shadow/)).toBeInTheDocument();
});

test('a shadow is told by what it would have raised and missed, what is different, and single findings', async () => {
  open('/detection/shadow', { '/shadow': ok({ state: 'running', report: aShadowReport() }) });
  const title = 'It would have raised 31; live raised 40, of which it missed 9';
  expect(await screen.findByRole('region', { name: title })).toHaveTextContent('24 are inside incidents');
  const different = screen.getByRole('region', { name: 'What is different' });
  expect(different).toHaveTextContent('Notice border: surprise 11 in place of 9.');
  expect(different).toHaveTextContent('Not asked: seasonal.');
  expect(screen.getByRole('link', { name: 'Incident 121' })).toBeInTheDocument();
});

test('a shadow with the settings and rules of the live one is said to be the same', async () => {
  const { live } = aShadowReport();
  open('/detection/shadow', { '/shadow': ok({ state: 'running', report: aShadowReport({ settings: live }) }) });
  expect(await screen.findByText('Nothing: it has the settings and rules of the live one.')).toBeInTheDocument();
});

test('an operator uses the shadow live after a question, others only read', async () => {
  const replies = { '/shadow': ok({ state: 'running', report: aShadowReport() }), '/shadow/promote': ok(aVersion()) };
  const asked = open('/detection/shadow', replies);
  await userEvent.click(await screen.findByRole('button', { name: 'Use it live' }));
  expect(posted(asked)).toEqual([]);
  await answerDialog('fewer pages', 'Use it live');
  await waitFor(() => expect(posted(asked)).toEqual([['shadow/promote', { why: 'fewer pages' }]]));
  cleanup();
  granted['sentinel-observability-app.detection:write'] = false;
  open('/detection/shadow', replies);
  await screen.findByText(/^7 of its findings are pages/);
  expect(screen.queryByRole('button', { name: 'Use it live' })).toBeNull();
});

test('without rehearsed faults it says where they are switched on', async () => {
  open('/detection/drills', { '/drills': ok({ state: 'off', kinds: [], missed: [] }) });
  expect(await screen.findByText('No faults are rehearsed')).toBeInTheDocument();
});

test('rehearsed faults: what was found, how late, by which detector; what has not ended is no 0', async () => {
  open('/detection/drills', { '/drills': ok(theDrills()) });
  const found = (await screen.findAllByRole('region', { name: 'Found and missed' }))[0] as HTMLElement;
  const rows = within(found)
    .getAllByRole('row')
    .map(({ textContent }) => textContent);
  expect(rows).toContain('Level92%1 step5012');
  expect(rows).toContain('SilenceNo dataNo data000');
  const detectors = (await screen.findAllByRole('region', { name: /^Recall of each detector/ }))[0] as HTMLElement;
  expect(within(detectors).getByRole('row', { name: /level shift/ })).toHaveTextContent('90%, 2 steps');
  expect(within(detectors).getByRole('row', { name: /seasonal/ })).toHaveTextContent('No data');
  expect(screen.getByRole('link', { name: 'error ratio of checkout' })).toHaveAttribute(
    'href',
    '/a/sentinel-observability-app/detection/tuning?series=00000000000000a1&from=1759999400000&to=1760000900000',
  );
});

const page = (...items: readonly object[]) => ok({ items, total: items.length, totalIsExact: true });

test('before anybody said anything the rules are as shipped', async () => {
  open('/detection/tuning', { '/feedback': page(), '/tunings': ok({ items: [], acting: 0 }) });
  expect(await screen.findByText(/^Nobody has said yet/)).toBeInTheDocument();
  const [shipped] = within(screen.getByRole('list', { name: 'Versions of the rules' })).getAllByRole('listitem');
  expect(shipped).toHaveTextContent('Version 0');
  expect(shipped).toHaveTextContent('Acts');
});

const twoVersions = [
  aVersion({ version: 2, rules: [], by: 'Leo', why: 'Back to version 0.' }),
  aVersion({ by: 'Olga', settings: { pageScore: 2 } }),
];
const versions = {
  '/feedback': page(aReceipt({ state: 'accepted', version: 1 })),
  '/tunings': ok({ items: twoVersions, acting: 2 }),
  '/tunings/rollback': ok(aVersion({ version: 3 })),
};

test('each version says what it changed', async () => {
  open('/detection/tuning', versions);
  const list = await screen.findByRole('list', { name: 'Versions of the rules' });
  const [second, first] = within(list).getAllByRole('listitem');
  const rule = 'A score of 1.8 makes a notice here, in place of 1. For Error rate of checkout.';
  expect(second).toHaveTextContent(`Gone: ${rule}`);
  expect(second).toHaveTextContent("The settings are the configuration's.");
  expect(first).toHaveTextContent(`New: ${rule}`);
  expect(first).toHaveTextContent('Settings in place of the configuration: page_score 2.');
  expect(within(second as HTMLElement).queryByRole('button')).toBeNull();
});

test('a version is gone back to with a reason', async () => {
  const asked = open('/detection/tuning', versions);
  await userEvent.click(await screen.findByRole('button', { name: 'Roll back to version 1' }));
  await answerDialog('too quiet', 'Roll back');
  await waitFor(() => expect(posted(asked)).toEqual([['tunings/rollback', { version: 1, why: 'too quiet' }]]));
});

test('feedback opens its receipt, which stands when the series is no longer kept', async () => {
  open('/detection/tuning', {
    '/feedback': page(aReceipt({ verdict: 'missed' })),
    '/feedback/expected-a1': ok(aReceipt({ verdict: 'missed' })),
    '/tunings': ok({ items: [], acting: 0 }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Receipt of Error rate of checkout' }));
  const receipt = await screen.findByRole('dialog');
  expect(await within(receipt).findByText(/^Missed, says Ana Ruiz, /)).toBeInTheDocument();
  expect(within(receipt).getByRole('button', { name: 'Accept change' })).toBeInTheDocument();
});

test('what was missed on a series is said of the shown time, and opens its receipt', async () => {
  granted['sentinel-observability-app.feedback:write'] = true;
  const asked = open('/detection/tuning?series=1&from=1760000000000&to=1760000600000', {
    '/feedback/m1': ok(aReceipt({ id: 'm1', verdict: 'missed' })),
    '/feedback': ({ method }) => (method === 'POST' ? ok(aReceipt({ id: 'm1', verdict: 'missed' })) : page()),
    '/tunings': ok({ items: [], acting: 0 }),
  });
  await screen.findByText(/^Nobody has said yet/);
  await userEvent.click(screen.getByRole('button', { name: 'Missed' }));
  const told = { verdict: 'missed', series: '1', from: 1_760_000_000_000, to: 1_760_000_600_000 };
  await waitFor(() => expect(posted(asked)).toEqual([['feedback', told]]));
  expect(await screen.findByRole('dialog')).toHaveTextContent('Missed, says Ana Ruiz');
});

test('a sidecar that is away, and a right that is missing, are said in the place of the data', async () => {
  open('/detection/drills', { '/drills': { status: 502, data: { message: 'Bad Gateway' } } });
  expect(await screen.findByText('The sidecar cannot be reached')).toBeInTheDocument();
  cleanup();
  open('/detection/drills', { '/drills': { status: 403, data: { message: 'Access denied' } } });
  expect(await screen.findByText('You cannot view detection')).toBeInTheDocument();
  cleanup();
  granted['sentinel-observability-app.detection:read'] = false;
  const asked = open('/detection/tuning', {});
  expect(screen.getByText('You cannot view detection')).toBeInTheDocument();
  expect(asked).toEqual([]);
});
