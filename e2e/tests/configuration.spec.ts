import { at, configurationPath, nothingSaved, settingsPath } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

test.describe.configure({ mode: 'serial' });

test('install: save and test leads to the incidents without a manual reload', async ({
  page,
  admin,
  sidecars,
  incidents,
}) => {
  await admin.post(settingsPath, { data: { enabled: false, jsonData: nothingSaved } });
  await page.goto(configurationPath);
  const { url, token } = sidecars.places.incident;
  await page.getByLabel('API address').fill(url);
  const reset = page.getByRole('button', { name: 'Reset' });
  if (await reset.isVisible()) await reset.click();
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Save and test' }).click();
  const report = page.getByTestId('data-testid sentinel connection report');
  await expect(report).toContainText('Connected');
  await expect(report).toContainText(
    /Sidecar \d+\.\d+\.\d+ answered in \d+ ms with role responder\. 4,212 series are scored\./,
  );
  await expect(report).toBeFocused();
  await expect(page.getByText(token)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Test connection' })).toBeVisible();
  await page.getByRole('link', { name: 'Open incidents' }).click();
  await expect(incidents.titles.first()).toBeVisible();
});

test('a data source is chosen where there is only one of its kind', async ({ page, admin }) => {
  const answer = await admin.get(at('/api/datasources'));
  const all = (await answer.json()) as { name: string; type: string }[];
  await admin.post(settingsPath, { data: { enabled: true, jsonData: nothingSaved } });
  await page.goto(configurationPath);
  await expect(page.getByLabel('API address')).toBeVisible();
  const labels = { prometheus: 'Metrics', loki: 'Logs', tempo: 'Traces' };
  for (const [type, label] of Object.entries(labels)) {
    const fitting = all.filter((source) => source.type === type);
    test.skip(fitting.length !== 1, `this Grafana has ${String(fitting.length)} data sources of type ${type}`);
    await expect(page.getByLabel(`${label} data source`)).toHaveValue(fitting[0]?.name ?? '');
  }
});

const answers = [
  ['stranger', 'This is not a Sentinel sidecar', "Something answered, but without Sentinel's version."],
  [
    'outdated',
    'Versions do not fit',
    /The sidecar is 0\.0\.9, this app needs \d+\.\d+\.\d+ or newer\. Update the sidecar\./,
  ],
  ['untrusted', /No answer from https:.*, or its certificate is not trusted/, /add its authority to Grafana's server/],
] as const;

for (const [name, title, text] of answers) {
  test(`the test names what is wrong: ${name}`, async ({ page, connect }) => {
    await connect(name);
    await page.goto(configurationPath);
    await page.getByRole('button', { name: 'Test connection' }).click();
    const report = page.getByTestId('data-testid sentinel connection report');
    await expect(report).toContainText(title);
    await expect(report).toContainText(text);
  });
}

test('the test names what is wrong: nobody at the address', async ({ page, connect }) => {
  await connect('incident');
  await page.goto(configurationPath);
  await page.getByLabel('API address').fill('http://127.0.0.1:9');
  await page.getByRole('button', { name: 'Save and test' }).click();
  const report = page.getByTestId('data-testid sentinel connection report');
  await expect(report).toContainText('No answer from http://127.0.0.1:9');
  await expect(report).toContainText(
    "Grafana's server calls this address, not your browser. Check name and port from there.",
  );
});

test('the test names what is wrong: the token', async ({ page, connect }) => {
  await connect('incident');
  await page.goto(configurationPath);
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByLabel('Token').fill('sntl_wrong');
  await page.getByRole('button', { name: 'Save and test' }).click();
  const report = page.getByTestId('data-testid sentinel connection report');
  await expect(report).toContainText('The token was refused');
  await expect(report).toContainText('The sidecar answered 401. Make a new token with the command sentinel tokens.');
});
