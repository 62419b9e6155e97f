import { proxyPath } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

test('where events do not pass, polling brings the news, and what is unchanged comes as 304', async ({
  connect,
  anomalies,
  page,
  sidecars,
}) => {
  test.setTimeout(90_000);
  await connect('incident');
  await page.route(`**${proxyPath}/events`, (route) => route.abort());
  const statuses: number[] = [];
  page.on('response', (response) => {
    if (response.url().includes(`${proxyPath}/anomalies?`)) statuses.push(response.status());
  });
  await anomalies.open('from=now-3h');
  await expect(anomalies.titles.first()).toBeVisible();
  await expect(page.getByText(/^Updated \d/)).toBeVisible();
  await expect.poll(() => statuses, { timeout: 30_000 }).toContain(304);
  await sidecars.order('add incident 1');
  await expect(page.getByText('1 new anomaly').first()).toBeVisible({ timeout: 15_000 });
});

test('the news of an event is there at once, without polling', async ({
  connect,
  anomalies,
  page,
  sidecars,
  figure,
}) => {
  await connect('incident');
  await anomalies.open('from=now-3h');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect(anomalies.titles.first()).toBeVisible();
  const started = Date.now();
  await sidecars.order('add incident 1');
  await expect(page.getByText('1 new anomaly').first()).toBeVisible({ timeout: 9_000 });
  figure(`shown ${((Date.now() - started) / 1000).toFixed(1)} s after it was found`);
});

test('the whole page is walked by keys, in the order in which it is read', async ({ connect, anomalies, page }) => {
  await connect('incident');
  await anomalies.open('from=now-3h');
  await expect(anomalies.titles.first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Search' }).focus();
  const walked: string[] = [];
  for (let step = 0; step < 24; step++) {
    await page.keyboard.press('Tab');
    walked.push(await page.evaluate(nameOfFocus));
  }
  const stops = [
    'State',
    'Severity',
    'Service',
    'Reset',
    'Chart',
    'Incident timeline',
    'Start of',
    'End of',
    'Error rate',
  ];
  const places = stops.map((stop) => walked.findIndex((name) => name.startsWith(stop)));
  expect(places, walked.join(' > ')).not.toContain(-1);
  expect(places, walked.join(' > ')).toEqual([...places].sort((a, b) => a - b));
});

/** Runs in the page: what a screen reader would call the element that has the focus. */
function nameOfFocus(): string {
  const focused = document.activeElement;
  const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : undefined;
  return (focused?.getAttribute('aria-label') ?? label ?? focused?.textContent ?? '').trim();
}
