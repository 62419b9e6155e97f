import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import '@testing-library/jest-dom/jest-globals';
import userEvent from '@testing-library/user-event';
import type { Feedback } from '../../api/feedback';
import { type Replies, serveReplies } from '../../testing/backend';
import { anAnomaly } from '../../testing/builders';
import { aReceipt } from '../../testing/detection-builders';
import { granted, renderAt } from '../../testing/render';
import { FeedbackSection } from './FeedbackSection';

afterEach(cleanup);
beforeEach(() => {
  granted['sentinel-observability-app.feedback:write'] = true;
  granted['sentinel-observability-app.detection:write'] = true;
});

const anomaly = anAnomaly({ id: 'a1' });

const missing = { status: 404, data: { error: { code: 'not_found', message: 'There is no feedback expected-a1.' } } };

/** The sidecar's answers, which change with what it is told. */
function serve(receipt: Feedback | undefined, more: Replies = {}) {
  let current = receipt;
  const told = (next: Feedback) => () => {
    current = next;
    return { status: 200, data: next };
  };
  return serveReplies({
    '/feedback': told(aReceipt()),
    '/feedback/expected-a1': () => (current === undefined ? missing : { status: 200, data: current }),
    '/accept': told(aReceipt({ state: 'accepted', version: 12, decidedBy: 'Olga', decidedAtMs: 1_760_000_040_000 })),
    '/reject': told(aReceipt({ state: 'rejected' })),
    ...more,
  });
}

const posted = (asked: ReturnType<typeof serveReplies>) =>
  asked.filter(({ method }) => method === 'POST').map(({ url, data }) => [url.split('/api/').at(-1), data]);

test('one click says it was expected, and shows what that would change before anything changes', async () => {
  const asked = serve(undefined);
  renderAt('/', <FeedbackSection anomaly={anomaly} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Expected' }));
  expect(posted(asked)).toEqual([['feedback', { id: 'expected-a1', verdict: 'expected', anomaly: 'a1' }]]);
  expect(
    await screen.findByText(
      'A score of 1.8 makes a notice here, in place of 1. For this series, Monday 02:00 – 03:00 UTC.',
    ),
  ).toBeInTheDocument();
  expect(screen.getByText('In the last 14 days: notices 12 to 3, pages 3 to 1.')).toBeInTheDocument();
});

test('an accepted change says since when it acts, and is rolled back with one click', async () => {
  const version = { version: 12, rules: [aReceipt().rule], atMs: 0, by: 'Olga', knownBy: 'id_token', why: '' };
  const newest = [version];
  const asked = serve(aReceipt(), {
    '/tunings': () => ({ status: 200, data: { items: [...newest], acting: newest[0]?.version } }),
    '/tunings/rollback': () => {
      newest.unshift({ ...version, version: 13, rules: [] });
      return { status: 200, data: newest[0] };
    },
  });
  renderAt('/', <FeedbackSection anomaly={anomaly} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Accept change' }));
  expect(await screen.findByText(/^Change 12 is active since .*, accepted by Olga\.$/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Roll back' }));
  expect(await screen.findByText('Change 12 was taken back since.')).toBeInTheDocument();
  expect(posted(asked)).toEqual([
    ['feedback/expected-a1/accept', {}],
    ['tunings/rollback', { version: 11 }],
  ]);
});

test('a rejected one changes nothing', async () => {
  serve(aReceipt());
  renderAt('/', <FeedbackSection anomaly={anomaly} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Reject' }));
  expect(await screen.findByText('Nothing was changed. The answer is kept.')).toBeInTheDocument();
});

test('a responder gives the answer and leaves the decision to an operator', async () => {
  granted['sentinel-observability-app.detection:write'] = false;
  serve(aReceipt());
  renderAt('/', <FeedbackSection anomaly={anomaly} />);
  expect(await screen.findByText('An operator decides about it.')).toBeInTheDocument();
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Edit']);
});

test('who may only read sees what was said, and nothing to click', async () => {
  granted['sentinel-observability-app.feedback:write'] = false;
  const asked = serve(undefined);
  const { container } = renderAt('/', <FeedbackSection anomaly={anomaly} />);
  await screen.findByText('', { selector: 'body' });
  expect(asked).toHaveLength(1);
  expect(container.querySelector('button')).toBeNull();
});

test('an answer without a safe change is kept', async () => {
  serve(aReceipt({ rule: { scope: { tenant: '' } } }));
  renderAt('/', <FeedbackSection anomaly={anomaly} />);
  expect(await screen.findByText('No safe change found. The answer is kept.')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Accept change' })).toBeNull();
});

test('what the sidecar refuses is said with its reason', async () => {
  const refusal = { error: { code: 'conflict', message: 'The rules changed since.' } };
  serve(aReceipt(), { '/accept': { status: 409, data: refusal } });
  renderAt('/', <FeedbackSection anomaly={anomaly} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Accept change' }));
  expect(await screen.findByText('The rules changed since.')).toBeInTheDocument();
});

test('a proposed rule is edited before it is accepted, and its effect is shown anew', async () => {
  const asked = serve(aReceipt(), { '/rule': { status: 200, data: aReceipt() } });
  renderAt('/', <FeedbackSection anomaly={anomaly} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
  const threshold = screen.getByRole('spinbutton', { name: 'Score that makes a notice' });
  await userEvent.clear(threshold);
  await userEvent.type(threshold, '2.5');
  await userEvent.click(screen.getByRole('radio', { name: 'Rise' }));
  await userEvent.click(screen.getByRole('button', { name: 'Show its effect' }));
  expect(await screen.findByRole('button', { name: 'Accept change' })).toBeInTheDocument();
  const [put] = asked.filter(({ method }) => method === 'PUT');
  expect(put?.data).toEqual({ rule: { ...aReceipt().rule, threshold: 2.5, direction: 'up' } });
});
