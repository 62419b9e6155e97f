import { at, PLUGIN } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

const detection = at(`/a/${PLUGIN}/detection`);
const list = 'data-testid sentinel coverage list';

test('detection says what is watched, what is not, and why', async ({ connect, page }) => {
  await connect('incident');
  await page.goto(detection);
  await expect(page.getByTestId(list)).toContainText('p95 latency of GET /item/0 in cart');
  await expect(page.getByTestId(list)).toContainText('6 of 24 h seen.');
  await expect(page.getByText('Showing 25 of 25')).toBeVisible();
  await page.getByRole('button', { name: '38 learning' }).click();
  await expect(page).toHaveURL(/state=learning/);
  await expect(page.getByText('Showing 7 of 7')).toBeVisible();
  await page.getByRole('textbox', { name: 'Search' }).fill('nothing of the kind');
  await expect(page.getByText('No series match these filters')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByText('Showing 25 of 25')).toBeVisible();
});

test('an empty incident list leads to what is watched', async ({ connect, anomalies, page }) => {
  await connect('empty');
  await anomalies.open('from=now-1h');
  await page.getByRole('link', { name: 'Coverage' }).click();
  await expect(page).toHaveURL(/\/detection$/);
  await expect(page.getByRole('button', { name: '4,212 scored' })).toBeVisible();
});
