import { at } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

test.beforeEach(({ connect }) => connect('incident'));

test('anomalies of a running sidecar are listed, worst first', async ({ anomalies, page }) => {
  await anomalies.open('from=now-3h');
  await expect(anomalies.titles.first()).toHaveText(/^Error rate of/);
  await expect(anomalies.timeline).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
});

test('what is filtered stands in the address, and the address shows the same to others', async ({
  anomalies,
  page,
  context,
}) => {
  await anomalies.open('from=now-3h');
  await anomalies.choose('Severity', 'Severity: major');
  await expect(page).toHaveURL(/severity=major/);
  await page.getByRole('textbox', { name: 'Search' }).fill('checkout');
  await expect(page).toHaveURL(/q=checkout/);
  await expect(anomalies.titles).toHaveCount(1);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('link', { name: /Error rate of checkout/ })).toHaveCount(1);
  await other.close();
  await page.goBack();
  await expect(page).not.toHaveURL(/severity=major/);
});

test('filters come back with the next visit, and Reset forgets them', async ({ anomalies, page }) => {
  await anomalies.open('state=all');
  await expect(page).toHaveURL(/state=all/);
  await expect(anomalies.titles.first()).toBeVisible();
  await page.waitForTimeout(500);
  await page.goto(at('/'));
  await anomalies.open();
  await expect(page).toHaveURL(/state=all/);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page).not.toHaveURL(/state=all/);
  await page.waitForTimeout(500);
  await anomalies.open();
  await expect(anomalies.titles.first()).toBeVisible();
  await expect(page).not.toHaveURL(/state=all/);
});

test('new anomalies wait above the list: no row moves under the hand', async ({ anomalies, page, sidecars }) => {
  await anomalies.open('from=now-3h');
  await expect(anomalies.titles.first()).toBeVisible();
  const before = await anomalies.titles.allTextContents();
  await anomalies.titles.nth(1).focus();
  const top = await anomalies.titles.first().boundingBox();
  await sidecars.order('add incident 2');
  await expect(page.getByText('2 new anomalies').first()).toBeVisible();
  expect(await anomalies.titles.allTextContents()).toEqual(before);
  expect((await anomalies.titles.first().boundingBox())?.y).toBe(top?.y);
  await expect(anomalies.titles.nth(1)).toBeFocused();
  await anomalies.showNew.click();
  await expect(anomalies.titles).toHaveCount(before.length + 2);
});

test('a title opens the details with evidence, Esc closes them and gives the focus back', async ({
  anomalies,
  page,
}) => {
  await anomalies.open('from=now-3h');
  const title = anomalies.titles.filter({ hasText: 'Error rate of checkout' }).first();
  await title.focus();
  await page.keyboard.press('Enter');
  const { details } = anomalies;
  await expect(details.getByText('14.2%', { exact: true })).toBeVisible();
  await expect(details.getByText('3 of 4 scorers agree')).toBeVisible();
  await expect(details).toBeInViewport({ ratio: 0.95 });
  await expect(page).toHaveURL(/sel=/);
  for (const name of ['Series and score', 'Logs around', /^0af7651916cd43dd8448eb211c80319c$/]) {
    await expect(details.getByRole('link', { name })).toHaveAttribute('href', /\/explore\?schemaVersion=1&panes=/);
  }
  const panel = details.getByTestId('data-testid Panel header Series, expected range and score');
  await expect(panel.getByRole('button', { name: 'Observed' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(page).not.toHaveURL(/sel=/);
  await expect(title).toBeFocused();
});

test('evidence opens in Explore with the query and range in place', async ({ anomalies, page }) => {
  await anomalies.open('from=now-3h');
  await anomalies.titles.filter({ hasText: 'Error rate of checkout' }).first().click();
  await anomalies.details.getByRole('link', { name: 'Series and score' }).click();
  await expect(page).toHaveURL(/\/explore/);
  await expect(page.getByText('anomaly_score').first()).toBeVisible({ timeout: 30_000 });
});

test('the timeline is read and zoomed by keys, and the zoom drives the list', async ({ anomalies, page }) => {
  await anomalies.open('from=now-3h');
  await expect(anomalies.titles.first()).toBeVisible();
  const all = await anomalies.total();
  await anomalies.timeline.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const card = page.getByRole('group', { name: 'Pinned event' });
  await expect(card).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  for (let i = 0; i < 6; i++) await page.keyboard.press('+');
  await expect(page).toHaveURL(/zoom=/);
  await expect.poll(() => anomalies.total()).toBeLessThan(all);
  await page.goBack();
  await expect.poll(() => anomalies.total()).toBe(all);
});

test('moments and table hold what the chart shows', async ({ anomalies, page }) => {
  await anomalies.open('from=now-3h');
  await page.getByRole('radio', { name: 'Moments' }).check({ force: true });
  await expect(page.getByRole('list', { name: 'Moments' })).toContainText('Deploy: payment 2.4.0 to 2.4.1');
  await page.getByRole('radio', { name: 'Table' }).check({ force: true });
  await expect(anomalies.timeline).toHaveCount(0);
  await expect(anomalies.titles.first()).toBeVisible();
});
