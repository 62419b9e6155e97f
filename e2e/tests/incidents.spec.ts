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
  await page.getByRole('region', { name: 'Timeline' }).getByRole('radio', { name: 'Table' }).check({ force: true });
  await page
    .getByRole('link', { name: /Error rate of/ })
    .first()
    .click();
  await expect(page.getByRole('dialog').getByText('3 of 4 scorers agree')).toBeVisible();
  await expect(page).toHaveURL(/incidents\/\d+\?.*sel=/);
});

test('what belongs elsewhere is split off, and merged again', async ({ incidents, page }) => {
  await incidents.openFirst();
  await page.getByRole('region', { name: 'Timeline' }).getByRole('radio', { name: 'Table' }).check({ force: true });
  await page
    .getByRole('checkbox', { name: /^Choose: / })
    .first()
    .check({ force: true });
  await incidents.button('Split 1 anomaly into a new incident').click();
  const left = page.getByText(/^Incident \d+ was split from this one$/);
  await expect(left).toBeVisible();
  const fresh = /\d+/.exec((await left.textContent()) ?? '')?.[0] ?? '';

  await incidents.open('from=now-3h');
  await expect(incidents.titles).toHaveCount(2);
  for (const tick of await page.getByRole('checkbox', { name: /^Choose incident / }).all()) {
    await tick.check({ force: true });
  }
  await incidents.button('Merge 2 incidents').click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('radio')
    .and(page.getByLabel(new RegExp(`^(?!${fresh}:)`)))
    .check({ force: true });
  await dialog.getByRole('button', { name: /^Merge into incident/ }).click();
  await expect(dialog).toHaveCount(0);

  await incidents.openFirst();
  await expect(page.getByText(`Incident ${fresh} was merged into this one`)).toBeVisible();
  await expect(incidents.button('Split again')).toBeVisible();
});

test('the report is read and can be taken along', async ({ incidents, page }) => {
  await incidents.openFirst();
  await incidents.button('More actions').click();
  await page.getByRole('menuitem', { name: 'Report' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('region')).toContainText('# Incident');
  await expect(dialog.getByRole('button', { name: 'Copy Markdown' })).toBeVisible();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toMatch(/^incident-\d+\.md$/);
});

test('an incident that is not there is said to be gone', async ({ incidents, page }) => {
  await incidents.open();
  await page.goto(`${page.url().split('?')[0] ?? ''}/999`);
  await expect(page.getByText('There is no incident 999')).toBeVisible();
});
