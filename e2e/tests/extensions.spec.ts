import type { Page } from '@playwright/test';
import { addTestData, dashboardWith } from '../fixtures/dashboard.ts';
import { IncidentsView } from '../fixtures/incidents-view.ts';
import { at } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

test.beforeEach(({ connect }) => connect('incident'));

/** The incident list, narrowed to the service that was looked at, with what is there for it. */
async function expectIncidentsOf(page: Page, service: string): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`/incidents\\?.*service=${service}`));
  await expect(new IncidentsView(page).titles.first()).toBeVisible();
}

test('the menu of a panel leads to the incidents of what it shows', async ({ page, admin }) => {
  await addTestData(admin);
  const targets = [{ refId: 'A', scenarioId: 'random_walk', labels: 'service_name=checkout' }];
  const path = await dashboardWith(admin, [{ title: 'Requests', options: { source: 'query' }, targets }]);
  await page.goto(`${path}?from=now-3h&to=now`);
  await page.getByRole('heading', { name: 'Requests' }).hover();
  await page.getByRole('button', { name: 'Menu for panel Requests' }).click();
  await page.getByRole('menuitem', { name: 'Extensions' }).hover();
  await page.getByRole('menuitem', { name: 'Incidents of this series' }).click();
  await expectIncidentsOf(page, 'checkout');
  await expect(page).toHaveURL(/from=now-3h/);
});

test('Explore leads to the incidents of the service that is asked for', async ({ page, context }) => {
  const query = {
    refId: 'A',
    datasource: { type: 'prometheus', uid: 'victoriametrics' },
    expr: 'up{service_name="payment"}',
  };
  const panes = { a: { datasource: 'victoriametrics', queries: [query], range: { from: 'now-3h', to: 'now' } } };
  await page.goto(at(`/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}`));
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Incidents of this series' }).click();
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Open in new tab' }).click();
  await expectIncidentsOf(await opened, 'payment');
});

for (const [name, place] of [
  ['Incidents', /\/incidents/],
  ['Detection', /\/detection$/],
] as const) {
  test(`the command palette knows ${name}`, async ({ page }) => {
    await page.goto(at('/dashboards'));
    await expect(page.getByRole('heading', { name: 'Dashboards' })).toBeVisible();
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: 'Search or jump to...' }).fill(`Sentinel: ${name}`);
    await page.getByRole('option', { name: `Sentinel: ${name}` }).click();
    await expect(page).toHaveURL(place);
  });
}
