import { expect, test } from '../fixtures/test.ts';

test.beforeEach(({ connect }) => connect('incident'));

test('a task is added and ticked, and others see that it is done', async ({ incidents, page }) => {
  await incidents.openFirst();
  const task = `call the bank ${String(Date.now())}`;
  await page.getByRole('textbox', { name: 'New task' }).fill(task);
  await page.keyboard.press('Enter');
  const box = page.getByRole('checkbox', { name: task });
  await expect(box).not.toBeChecked();
  // It is ticked when the sidecar has kept it, not by the click.
  await box.click({ force: true });
  await expect(box).toBeChecked();
  await page.reload();
  await expect(page.getByRole('checkbox', { name: task })).toBeChecked();
});

test('it was seen before, and the earlier incident is one click away', async ({ incidents, page }) => {
  await incidents.openFirst();
  const seen = page.getByRole('region', { name: 'Seen before' });
  await expect(seen).toContainText('Both show');
  await seen.getByRole('link').first().click();
  await expect(incidents.answer('What now')).toContainText(/Watching|Closed/);
});

test('what changed is asked of the time that the timeline shows', async ({ incidents, page }) => {
  await incidents.openFirst();
  await incidents.button('What changed here').click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByText(/^[\d,]+ of [\d,]+ series changed\.$/)).toBeVisible();
  expect(await drawer.getByRole('row').count()).toBeGreaterThan(1);
  await drawer.getByRole('radio', { name: 'By change of shape' }).press('ArrowRight');
  await expect(drawer.getByRole('radio', { name: 'By change of volume' })).toBeChecked();
  await expect(drawer.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer).toHaveCount(0);
});

test('the proof stands on the page: series with what was expected, and who calls whom', async ({ incidents, page }) => {
  await incidents.openFirst();
  const evidence = page.getByRole('region', { name: 'Evidence' });
  await evidence.scrollIntoViewIfNeeded();
  await expect(evidence.getByRole('button', { name: 'Observed' }).first()).toBeVisible();
  await expect(evidence.getByRole('link', { name: 'Logs around' })).toHaveAttribute('href', /explore/);
  const affected = page.getByRole('region', { name: 'Affected services' });
  await affected.scrollIntoViewIfNeeded();
  await expect(affected.locator('svg').getByText('checkout').first()).toBeVisible();
  await affected.getByRole('radio', { name: 'Table' }).check({ force: true });
  await affected.getByRole('button', { name: 'Calls of checkout' }).click();
  await expect(page.getByRole('dialog').getByText('Called by')).toBeVisible();
});
