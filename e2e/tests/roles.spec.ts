import { at, configurationPath, PLUGIN } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

test.beforeEach(({ connect }) => connect('incident'));

test('reads anomalies and details', async ({ anomalies, page }) => {
  await anomalies.open('from=now-3h');
  await anomalies.titles.first().click();
  await expect(anomalies.details.getByText('3 of 4 scorers agree')).toBeVisible();
  const explore = anomalies.details.getByRole('link', { name: 'Series and score' });
  const refusal = anomalies.details.getByText('Looking further needs the permission datasources:explore.');
  await expect(explore.or(refusal)).toBeVisible();
  await expect(anomalies.details.getByRole('button', { name: 'Observed' })).toBeVisible();
  await expect(page.getByText('You cannot view anomalies')).toHaveCount(0);
});

test('reads what is watched', async ({ page }) => {
  await page.goto(at(`/a/${PLUGIN}/detection`));
  await expect(page.getByText('Showing 25 of 25')).toBeVisible();
});

test('has no way to the configuration', async ({ anomalies, page }) => {
  await anomalies.open('from=now-3h');
  await expect(anomalies.titles.first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Configuration' })).toHaveCount(0);
  await page.goto(configurationPath);
  await expect(page.getByLabel('API address')).toHaveCount(0);
});
