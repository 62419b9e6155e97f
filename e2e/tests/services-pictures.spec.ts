import { at, PLUGIN } from '../fixtures/paths.ts';
import { inAll } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

test('pictures: services', async ({ page, connect }) => {
  test.setTimeout(240_000);
  await connect('incident');
  await inAll(page, 'services', async (theme) => {
    await page.goto(at(`/a/${PLUGIN}/services?theme=${theme}`));
    await expect(page.getByText(/^Showing/)).toBeVisible();
    await page.waitForTimeout(1500);
  });
});
