import { at } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

test.beforeEach(({ connect }) => connect('incident'));

test('incidents of a running sidecar are listed, worst first', async ({ incidents, page }) => {
  await incidents.open('from=now-3h');
  await expect(incidents.titles.first()).toHaveText(/^Error rate of/);
  await expect(incidents.timeline).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
});

test('what is filtered stands in the address, and the address shows the same to others', async ({
  incidents,
  page,
  context,
}) => {
  await incidents.open('from=now-3h');
  await incidents.choose('Severity', 'Severity: major');
  await expect(page).toHaveURL(/severity=major/);
  await page.getByRole('textbox', { name: 'Search' }).fill('checkout');
  await expect(page).toHaveURL(/q=checkout/);
  await expect(incidents.titles).toHaveCount(1);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('link', { name: /Error rate of checkout/ })).toHaveCount(1);
  await other.close();
  await page.goBack();
  await expect(page).not.toHaveURL(/severity=major/);
});

test('filters come back with the next visit, and Reset forgets them', async ({ incidents, page }) => {
  await incidents.open('state=all');
  await expect(page).toHaveURL(/state=all/);
  await expect(incidents.titles.first()).toBeVisible();
  await page.waitForTimeout(500);
  await page.goto(at('/'));
  await incidents.open();
  await expect(page).toHaveURL(/state=all/);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page).not.toHaveURL(/state=all/);
  await page.waitForTimeout(500);
  await incidents.open();
  await expect(incidents.titles.first()).toBeVisible();
  await expect(page).not.toHaveURL(/state=all/);
});

test('new incidents wait above the list: no row moves under the hand', async ({ incidents, page, sidecars }) => {
  await incidents.open('from=now-3h');
  await expect(incidents.titles.first()).toBeVisible();
  const before = await incidents.titles.allTextContents();
  await incidents.titles.nth(1).focus();
  const top = await incidents.titles.first().boundingBox();
  await sidecars.order('add incident 2');
  await expect(page.getByText('2 new incidents').first()).toBeVisible();
  expect(await incidents.titles.allTextContents()).toEqual(before);
  expect((await incidents.titles.first().boundingBox())?.y).toBe(top?.y);
  await expect(incidents.titles.nth(1)).toBeFocused();
  await incidents.showNew.click();
  await expect(incidents.titles).toHaveCount(before.length + 2);
});

test('a title opens the details with evidence, Esc closes them and gives the focus back', async ({
  incidents,
  page,
}) => {
  await incidents.open('from=now-3h');
  const title = incidents.titles.filter({ hasText: 'Error rate of checkout' }).first();
  await title.focus();
  await page.keyboard.press('Enter');
  const { details } = incidents;
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

test('evidence opens in Explore with the query and range in place', async ({ incidents, page }) => {
  await incidents.open('from=now-3h');
  await incidents.titles.filter({ hasText: 'Error rate of checkout' }).first().click();
  await incidents.details.getByRole('link', { name: 'Series and score' }).click();
  await expect(page).toHaveURL(/\/explore/);
  await expect(page.getByText('anomaly_score').first()).toBeVisible({ timeout: 30_000 });
});

test('the timeline is read and zoomed by keys, and the zoom drives the list', async ({ incidents, page }) => {
  await incidents.open('from=now-3h');
  await expect(incidents.titles.first()).toBeVisible();
  const all = await incidents.total();
  await incidents.timeline.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const card = page.getByRole('group', { name: 'Pinned event' });
  await expect(card).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  for (let i = 0; i < 6; i++) await page.keyboard.press('+');
  await expect(page).toHaveURL(/zoom=/);
  await expect.poll(() => incidents.total()).toBeLessThan(all);
  await page.goBack();
  await expect.poll(() => incidents.total()).toBe(all);
});

test('moments and table hold what the chart shows', async ({ incidents, page }) => {
  await incidents.open('from=now-3h');
  await page.getByRole('radio', { name: 'Moments' }).check({ force: true });
  await expect(page.getByRole('list', { name: 'Moments' })).toContainText('Deploy: payment 2.4.0 to 2.4.1');
  await page.getByRole('radio', { name: 'Table' }).check({ force: true });
  await expect(incidents.timeline).toHaveCount(0);
  await expect(incidents.titles.first()).toBeVisible();
});
