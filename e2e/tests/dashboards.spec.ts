import { at, PLUGIN } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

const titles = [
  'Sentinel overview',
  'Sentinel service detail',
  'Sentinel pipeline health',
  'Sentinel detection quality',
];

test('the dashboards come with the app, and each of them can be drawn', async ({ connect, admin, page }) => {
  test.setTimeout(120_000);
  await connect('incident');
  await expect
    .poll(async () => {
      const answer = await admin.get(at(`/api/plugins/${PLUGIN}/dashboards`));
      const found = (await answer.json()) as { title: string; imported: boolean }[];
      return found.filter(({ imported }) => imported).map(({ title }) => title);
    })
    .toEqual(expect.arrayContaining(titles));
  for (const name of ['overview', 'service', 'pipeline', 'detection']) {
    await page.goto(at(`/d/sentinel-${name}`));
    await expect(page.locator('[data-viz-panel-key]').first()).toBeVisible();
    await expect(page.getByText(/Panel plugin not found|An unexpected error happened/)).toHaveCount(0);
  }
});
