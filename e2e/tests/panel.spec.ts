import { addTestData, csv, dashboardWith } from '../fixtures/dashboard.ts';
import { expect, test } from '../fixtures/test.ts';

const timeline = { name: 'Incident timeline' };

test.beforeEach(({ connect }) => connect('incident'));

test('the panel shows the sidecar on a dashboard and leads to the details', async ({ page, admin }) => {
  await page.goto(`${await dashboardWith(admin, [{}])}?from=now-3h&to=now`);
  const panel = page.getByRole('application', timeline);
  await panel.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Details' }).click();
  await expect(page).toHaveURL(/sentinel-observability-app\/anomalies\?.*sel=/);
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('a zoom in the panel is the zoom of the dashboard', async ({ page, admin }) => {
  await page.goto(`${await dashboardWith(admin, [{}])}?from=now-3h&to=now`);
  await page.getByRole('application', timeline).focus();
  await page.keyboard.press('+');
  await expect(page).toHaveURL(/from=20\d\d|from=\d{13}/);
});

test('variables are replaced: only the chosen services are asked for', async ({ page, admin }) => {
  const path = await dashboardWith(admin, [{ options: { service: '$service' } }]);
  const asked = page.waitForRequest(/\/api\/anomalies\?/);
  await page.goto(`${path}?from=now-3h&to=now&var-service=payment&var-service=cart`);
  expect(new URL((await asked).url()).searchParams.getAll('service')).toEqual(['payment', 'cart']);
});

test('frames of the documented form are drawn, others are named', async ({ page, admin }) => {
  await addTestData(admin);
  const now = Date.now();
  const rows = `time,title,lane,service\n${String(now - 600_000)},Queue is full,alert,orders\n`;
  const path = await dashboardWith(admin, [
    { title: 'Fits', options: { source: 'query' }, targets: [csv(rows)] },
    { title: 'Does not', options: { source: 'query' }, targets: [csv('Time,Value\n1,2\n')] },
  ]);
  await page.goto(`${path}?from=now-1h&to=now`);
  await expect(
    page.getByText(/^Timeline needs a time field and a text field named title\. The query returned:/),
  ).toBeVisible();
  await page.getByRole('application', timeline).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Pinned event' })).toContainText('Queue is full');
});

test('tiny and small panels stay readable', async ({ page, admin }) => {
  const path = await dashboardWith(admin, [
    { title: 'Tiny', size: { w: 3, h: 3 } },
    { title: 'Small', size: { w: 8, h: 6 } },
  ]);
  await page.goto(`${path}?from=now-3h&to=now`);
  await expect(page.getByText(/^\d+ open, worst major$/)).toBeVisible();
  await expect(page.getByRole('application', timeline)).toHaveCount(1);
});

test('the panel says in one line when the sidecar is away', async ({ page, admin, sidecars }) => {
  await sidecars.order('down incident');
  await page.goto(`${await dashboardWith(admin, [{}])}?from=now-3h&to=now`);
  await expect(page.getByText('The sidecar cannot be reached')).toBeVisible();
  await sidecars.order('up incident');
  await expect(page.getByRole('application', timeline)).toBeVisible({ timeout: 20_000 });
});
