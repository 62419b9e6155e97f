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

test('what a shadow would have told, and how well rehearsed faults were found', async ({ connect, page }) => {
  await connect('incident');
  await page.goto(detection);
  await page.getByRole('tab', { name: 'Shadow' }).click();
  await expect(page.getByText('It would have raised 31; live raised 40, of which it missed 9')).toBeVisible();
  await expect(page.getByText('Notice border: surprise 11 in place of 9.')).toBeVisible();
  await page.getByRole('tab', { name: 'Drills' }).click();
  await expect(page).toHaveURL(/detection\/drills$/);
  await expect(page.getByRole('row', { name: /^Level.*90%.*1 step/ })).toBeVisible();
  await page.getByRole('region', { name: 'Missed', exact: true }).first().getByRole('link').first().click();
  await expect(page).toHaveURL(/detection\/tuning\?series=/);
  await expect(page.getByRole('button', { name: 'Observed' })).toBeVisible();
});

test('without a shadow and without drills each says where it is switched on', async ({ connect, page }) => {
  await connect('empty');
  await page.goto(`${detection}/shadow`);
  await expect(page.getByText('Nothing runs in shadow')).toBeVisible();
  await page.goto(`${detection}/drills`);
  await expect(page.getByText('No faults are rehearsed')).toBeVisible();
});

test('what was expected is a version of the rules, and is rolled back with a reason', async ({
  connect,
  anomalies,
  page,
}) => {
  await connect('trusted');
  await anomalies.open('from=now-3h&state=all');
  await anomalies.titles.first().click();
  await page.getByRole('button', { name: 'Expected', exact: true }).click();
  await page.getByRole('button', { name: 'Accept change' }).click();
  await expect(page.getByText(/is active since/)).toBeVisible();
  await page.goto(`${detection}/tuning`);
  const versions = page.getByRole('list', { name: 'Versions of the rules' });
  await expect(versions.getByRole('listitem').first()).toContainText('Acts');
  await expect(versions.getByRole('listitem').first()).toContainText('New: ');
  await versions.getByRole('button', { name: 'Roll back to version 0' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('a walk through the page');
  await dialog.getByRole('button', { name: 'Roll back' }).click();
  await expect(versions.getByRole('listitem').first()).toContainText('a walk through the page');
  await expect(versions.getByRole('listitem').first()).toContainText('Gone: ');
});

test('what was missed on a series becomes a receipt', async ({ connect, page }) => {
  await connect('trusted');
  await page.goto(`${detection}/tuning?series=0000000000000001`);
  await expect(page.getByRole('button', { name: 'Observed' })).toBeVisible();
  await page.getByRole('button', { name: 'Missed', exact: true }).click();
  await expect(page.getByRole('dialog').getByText(/^Missed, says /)).toBeVisible();
  await expect(page).toHaveURL(/receipt=/);
});
