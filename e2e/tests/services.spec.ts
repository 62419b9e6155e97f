import { at, PLUGIN } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

const services = at(`/a/${PLUGIN}/services`);

test('services in trouble and their neighbours are a map, and all of it is in the table', async ({ connect, page }) => {
  await connect('incident');
  await page.goto(services);
  await expect(
    page.getByText(/^(All \d+ services|Some services and one hop around them: \d+ of \d+)\.$/),
  ).toBeVisible();
  await expect(page.locator('svg').getByText('checkout').first()).toBeVisible();
  const list = page.getByTestId('data-testid sentinel services list');
  await expect(list.getByRole('row').nth(1)).toContainText('Anomalous');
  await page.getByRole('button', { name: 'Calls of checkout' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('row', { name: /payment.*15%/ })).toBeVisible();
  await expect(drawer.getByRole('row', { name: /storefront.*14.2%/ })).toBeVisible();
  await expect(drawer.getByText('pod: checkout-7f')).toBeVisible();
  await expect(page).toHaveURL(/sel=checkout/);
});

test('before spans arrive it says when services appear', async ({ connect, page }) => {
  await connect('empty');
  await page.goto(services);
  await expect(page.getByText('No services seen yet')).toBeVisible();
});
