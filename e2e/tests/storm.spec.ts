import { at } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

declare global {
  interface Window {
    longTasks: number[];
  }
}

test.setTimeout(120_000);

test('5,000 anomalies: shown fast, no task above 200 ms while zooming', async ({
  connect,
  incidents,
  page,
  figure,
}) => {
  await connect('storm');
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(Math.round(duration));
    }).observe({ type: 'longtask', buffered: false });
  });
  // Once before, so that it is the page that is measured and not the server's first reading of its files.
  await incidents.open('from=now-12h');
  await expect(incidents.titles.first()).toBeVisible({ timeout: 30_000 });
  await page.goto(at('/'));
  await page.waitForTimeout(1_000);
  const started = Date.now();
  await incidents.open('from=now-12h');
  await expect(incidents.titles.first()).toBeVisible({ timeout: 30_000 });
  figure(`list of 5,000 shown ${String(Date.now() - started)} ms after a full page load of Grafana`);
  expect(await incidents.total()).toBe(5_000);
  await page.getByRole('link', { name: 'Home' }).first().click();
  await expect(incidents.timeline).toHaveCount(0);
  const navigated = Date.now();
  await page.goBack();
  await expect(incidents.titles.first()).toBeVisible();
  figure(`list of 5,000 shown ${String(Date.now() - navigated)} ms after navigation within Grafana`);

  await page.waitForTimeout(500);
  await page.evaluate(() => (window.longTasks = []));
  const box = await incidents.timeline.boundingBox();
  if (box === null) throw new Error('The timeline is not there.');
  await page.mouse.move(box.x + box.width * 0.8, box.y + 40);
  await page.keyboard.down('Control');
  for (let i = 0; i < 20; i++) {
    await page.mouse.wheel(0, i < 14 ? -100 : 100);
    await page.waitForTimeout(30);
  }
  await page.keyboard.up('Control');
  await page.waitForTimeout(1_000);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, box.y + 40, { steps: 10 });
  await page.mouse.up();
  await page.waitForTimeout(1_000);
  const tasks = await page.evaluate(() => window.longTasks);
  figure(`zooming: ${String(tasks.length)} tasks above 50 ms, longest ${String(Math.max(0, ...tasks))} ms`);
  expect(Math.max(0, ...tasks)).toBeLessThanOrEqual(200);
  expect(await incidents.total()).toBeLessThan(5_000);
});
