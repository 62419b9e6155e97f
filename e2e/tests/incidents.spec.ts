import { expect, test } from '../fixtures/test.ts';

test.beforeEach(({ connect }) => connect('incident'));

test('what burns is listed once, with what is known of why', async ({ incidents, page }) => {
  await incidents.open('from=now-3h');
  await expect(incidents.titles).toHaveCount(1);
  await expect(page.getByText(/^(Likely|Possible) cause: |^No cause (decided|found)$/).first()).toBeVisible();
});

test('what, since when, why and what now are read without a click or a scroll', async ({ incidents, page }) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  await incidents.openFirst();
  for (const name of ['What is broken', 'Since when', 'Why', 'What now']) {
    await expect(incidents.answer(name)).toBeInViewport({ ratio: 1 });
  }
  await expect(incidents.timeline).toBeInViewport({ ratio: 1 });
});

test('acknowledge, note and close, as an incident goes', async ({ incidents, page }) => {
  await incidents.openFirst();
  await incidents.button('Acknowledge').click();
  await expect(page.getByText(/^Acknowledged, /)).toBeVisible();
  await expect(incidents.button('Acknowledge')).toHaveCount(0);
  const note = `looked at ${String(Date.now())}`;
  await incidents.button('Add note').click();
  await page.keyboard.type(note);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Notes' }).getByText(note)).toBeVisible();
  await incidents.button('Close').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(/Close incident \d+ while \d+ anomal/);
  await dialog.getByRole('textbox').fill('a walk through the page');
  await dialog.getByRole('button', { name: 'Close anyway' }).click();
  await expect(incidents.answer('What now')).toContainText('Closed');
  await incidents.button('More actions').click();
  await page.getByRole('menuitem', { name: 'Reopen' }).click();
  await expect(incidents.answer('What now')).not.toContainText('Closed');
});

test('an anomaly of the incident opens its evidence, and the address leads others there', async ({
  incidents,
  page,
}) => {
  await incidents.openFirst();
  await page.getByRole('radio', { name: 'Table' }).check({ force: true });
  await page
    .getByRole('link', { name: /Error rate of/ })
    .first()
    .click();
  await expect(page.getByRole('dialog').getByText('3 of 4 scorers agree')).toBeVisible();
  await expect(page).toHaveURL(/incidents\/\d+\?.*sel=/);
});

test('an incident that is not there is said to be gone', async ({ incidents, page }) => {
  await incidents.open();
  await page.goto(`${page.url().split('?')[0] ?? ''}/999`);
  await expect(page.getByText('There is no incident 999')).toBeVisible();
});
