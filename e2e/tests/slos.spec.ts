import { addTestData, csv, dashboardWith } from '../fixtures/dashboard.ts';
import { at, PLUGIN } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

const slos = at(`/a/${PLUGIN}/slos`);
/** An address with a choice in it, so that the filters of an earlier visit do not come back. */
const all = `${slos}?sort=left`;
const panel = { type: 'sentinel-slo-panel' } as const;

test('objectives stand by what is left of their budgets, the unknown ones first', async ({ connect, page }) => {
  await connect('incident');
  await page.goto(all);
  const list = page.getByTestId('data-testid sentinel slos list');
  await expect(list.getByRole('row').nth(1)).toContainText('Catalog exports');
  await expect(list.getByRole('row').nth(2)).toContainText('Payment availability');
  await expect(list.getByRole('row').nth(2)).toContainText('-18%');
  await expect(list.getByRole('row', { name: /Search latency.*worst of 2.*31%/ })).toBeVisible();
  await page.getByPlaceholder('Search').fill('cart');
  await expect(page.getByText('Showing 1 of 1')).toBeVisible();
  await expect(page).toHaveURL(/q=cart/);
});

test('one objective says what is left, when it ends, and how fast it goes in each window', async ({
  connect,
  page,
}) => {
  await connect('incident');
  await page.goto(all);
  await page.getByRole('link', { name: 'Checkout availability' }).click();
  await expect(page).toHaveURL(/slos\/checkout-availability/);
  await expect(page.getByRole('heading', { name: /^12% left of 1,210 allowed failures\. Runs out/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Fast 5m: 15.4x 1h: 22x 13.4x Page Burning/ })).toBeVisible();
  await page.getByRole('button', { name: 'How this is computed' }).click();
  await expect(page.getByText(/Failed: 1,065\. Left: 145 = 12%\.$/)).toBeVisible();
});

test('what burned it, and planned downtime is taken out and put back', async ({ connect, page }) => {
  await connect('incident');
  await page.goto(`${slos}/cart-availability`);
  const burned = page.getByRole('region', { name: 'What burned it' }).first();
  await expect(burned.getByRole('row', { name: /^Outside incidents/ })).toBeVisible();
  await expect(page.getByText('Budget left over time')).toBeVisible();
  await page.getByRole('button', { name: 'Add correction' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByText(/^Takes \d+ failures out\. Budget left changes from 81% to/)).toBeVisible();
  await drawer.getByRole('textbox', { name: /Reason/ }).fill('DB upgrade');
  await drawer.getByRole('button', { name: 'Add correction' }).click();
  await expect(drawer).toHaveCount(0);
  const corrections = page.getByRole('region', { name: 'Corrections' });
  await expect(corrections.getByText(/DB upgrade/)).toBeVisible();
  await corrections.getByRole('button', { name: 'Reverse' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('wrong day');
  await page.getByRole('button', { name: 'Reverse correction' }).click();
  await expect(corrections.getByText('Nothing was taken out.')).toBeVisible();
});

test('without objectives it says where they come from', async ({ connect, page }) => {
  await connect('empty');
  await page.goto(all);
  await expect(page.getByText('No SLOs yet')).toBeVisible();
});

test('the panel shows the same figures and leads to the page', async ({ connect, page, admin }) => {
  await connect('incident');
  const path = await dashboardWith(admin, [
    { ...panel, title: 'All' },
    { ...panel, title: 'Tiny', size: { w: 3, h: 3 } },
    { ...panel, title: 'Chosen', options: { service: '$service', show: 'budget' }, size: { w: 12, h: 8 } },
  ]);
  await page.goto(`${path}?from=now-3h&to=now&var-service=cart`);
  await expect(page.getByRole('row', { name: /^Payment availability -18% 31x Used up Exhausted$/ })).toBeVisible();
  await expect(page.getByText('worst of 9')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Cart availability' })).toContainText('81%');
  await page.getByRole('link', { name: 'Checkout availability' }).first().click();
  await expect(page).toHaveURL(/\/slos\/checkout-availability/);
});

test('a table of the documented form is drawn, other frames are named', async ({ connect, page, admin }) => {
  await connect('incident');
  await addTestData(admin);
  const path = await dashboardWith(admin, [
    {
      ...panel,
      title: 'Fits',
      options: { source: 'query' },
      targets: [csv('slo,budget_left,burn_rate\nOrders,0.25,3\n')],
    },
    { ...panel, title: 'Does not', options: { source: 'query' }, targets: [csv('a,b\n1,2\n')] },
  ]);
  await page.goto(`${path}?from=now-1h&to=now`);
  await expect(page.getByRole('row', { name: 'Orders 25% 3x' })).toBeVisible();
  await expect(page.getByText(/^SLO needs a text field named slo and a number named budget_left/)).toBeVisible();
});
