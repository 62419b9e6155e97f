import { settingsPath } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

test('an empty list says what was watched', async ({ connect, anomalies, page }) => {
  await connect('empty');
  await anomalies.open();
  await expect(page.getByText('No open anomalies')).toBeVisible();
  await expect(page.getByText('4,212 series are scored, 38 are learning, 18 are not scored.')).toBeVisible();
});

test('while everything is learning, the list says when first scores are due', async ({ connect, anomalies, page }) => {
  await connect('learning');
  await anomalies.open();
  await expect(page.getByText('Learning', { exact: true })).toBeVisible();
  await expect(page.getByText(/First scores are due at/)).toBeVisible();
});

test('without telemetry nothing is called well', async ({ connect, anomalies, page }) => {
  await connect('interrupted');
  await anomalies.open();
  await expect(page.getByText(/^No telemetry for \d+ min$/)).toBeVisible();
  await connect('silent');
  await anomalies.open();
  await expect(page.getByText('No telemetry yet')).toBeVisible();
  await expect(page.getByText('No incident can be found while nothing arrives.')).toBeVisible();
});

test('sidecar down: stale within 40 s, back within 20 s, without a reload', async ({
  connect,
  anomalies,
  page,
  sidecars,
  figure,
}) => {
  test.setTimeout(150_000);
  await connect('incident');
  await anomalies.open('from=now-3h');
  await expect(anomalies.titles.first()).toBeVisible();
  const rows = await anomalies.titles.count();
  await sidecars.order('down incident');
  const stopped = Date.now();
  await expect(page.getByText(/^Data from/)).toBeVisible({ timeout: 45_000 });
  figure(`stale shown ${seconds(stopped)} s after the sidecar stopped`);
  expect(Date.now() - stopped).toBeLessThan(41_000);
  await expect(page.getByText('The sidecar cannot be reached')).toBeVisible();
  await expect(page.getByText(/The page shows data from/)).toBeVisible();
  await expect(anomalies.titles).toHaveCount(rows);
  await sidecars.order('up incident');
  const started = Date.now();
  await expect(page.getByText(/^Data from/)).toHaveCount(0, { timeout: 30_000 });
  figure(`live again ${seconds(started)} s after it came back`);
  expect(Date.now() - started).toBeLessThan(21_000);
});

test('a sidecar that was never there is named as such, and can be tried again', async ({
  connect,
  anomalies,
  page,
  sidecars,
}) => {
  await connect('incident');
  await sidecars.order('down incident');
  await anomalies.open();
  await expect(page.getByText('The sidecar cannot be reached')).toBeVisible();
  await sidecars.order('up incident');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(anomalies.timeline.or(page.getByText('No open anomalies'))).toBeVisible();
});

test('a token that the sidecar does not know is named as such', async ({ connect, admin, anomalies, page }) => {
  await connect('incident');
  await admin.post(settingsPath, { data: { enabled: true, pinned: true, secureJsonData: { apiToken: 'sntl_wrong' } } });
  await anomalies.open('from=now-3h');
  await expect(page.getByText('The sidecar refused the token.')).toBeVisible();
  await expect(page.getByText('An administrator can test it on the configuration page.')).toBeVisible();
});

test('text from telemetry stays text', async ({ connect, anomalies, page }) => {
  await connect('hostile');
  await anomalies.open('from=now-6h&state=all');
  await expect(anomalies.titles.first()).toContainText('<img src=x onerror=');
  await anomalies.titles.first().click();
  await expect(anomalies.details.getByRole('region', { name: 'Example lines' })).toContainText('<img src=x');
  await page.keyboard.press('Escape');
  await anomalies.timeline.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Pinned event' })).toContainText('<img src=x');
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  await expect(page).not.toHaveTitle('owned');
});

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(1);
}
