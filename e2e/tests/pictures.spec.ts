import { addTestData, csv, dashboardWith } from '../fixtures/dashboard.ts';
import { at, configurationPath, nothingSaved, PLUGIN, proxyPath, settingsPath } from '../fixtures/paths.ts';
import { inAll, shoot, themes, widths } from '../fixtures/pictures.ts';
import type { SidecarName } from '../fixtures/sidecars.ts';
import { expect, test } from '../fixtures/test.ts';

const states: readonly { name: string; sidecar: SidecarName; search: string; seen: RegExp }[] = [
  { name: 'ready', sidecar: 'incident', search: 'from=now-3h', seen: /^Showing/ },
  { name: 'moments', sidecar: 'incident', search: 'from=now-3h&view=moments', seen: /^Showing/ },
  { name: 'storm', sidecar: 'storm', search: 'from=now-6h', seen: /^Showing/ },
  { name: 'empty', sidecar: 'empty', search: 'view=chart', seen: /No open anomalies|No anomalies match/ },
  { name: 'no-match', sidecar: 'incident', search: 'q=nothing+of+the+kind', seen: /No anomalies match these filters/ },
  { name: 'learning', sidecar: 'learning', search: 'view=chart', seen: /^Learning$/ },
  { name: 'silent', sidecar: 'silent', search: 'view=chart', seen: /No telemetry yet/ },
  { name: 'failed', sidecar: 'stranger', search: 'view=chart', seen: /could not be loaded/ },
  { name: 'unreachable', sidecar: 'untrusted', search: 'view=chart', seen: /The sidecar cannot be reached/ },
];

const panelSizes = [
  { title: 'Large', options: { showLegend: true }, size: { w: 24, h: 10 } },
  { title: 'Small', size: { w: 8, h: 6 } },
  { title: 'Tiny', size: { w: 4, h: 3 } },
];

/** What Grafana's proxy answers when the user lacks the permission of the route. */
const accessDenied = { status: 403, json: { message: 'plugin proxy route access denied' } };

test.describe.configure({ timeout: 240_000 });

for (const { name, sidecar, search, seen } of states) {
  test(`pictures: anomalies, ${name}`, async ({ page, connect, anomalies }) => {
    await connect(sidecar);
    await inAll(page, `anomalies-${name}`, async (theme) => {
      await anomalies.open(`${search}&theme=${theme}`);
      await expect(page.getByText(seen).first()).toBeVisible({ timeout: 30_000 });
    });
  });
}

test('pictures: anomalies, loading', async ({ page, connect, anomalies }) => {
  await connect('incident');
  await page.route(`**${proxyPath}/**`, () => undefined);
  await inAll(page, 'anomalies-loading', async (theme) => {
    await anomalies.open(`view=chart&theme=${theme}`);
    await expect(page.getByRole('status', { name: 'Loading anomalies' })).toBeVisible();
    await page.waitForTimeout(500);
  });
});

test('pictures: anomalies, forbidden', async ({ page, connect, anomalies }) => {
  await connect('incident');
  await page.route(`**${proxyPath}/**`, (route) => route.fulfill(accessDenied));
  await inAll(page, 'anomalies-forbidden', async (theme) => {
    await anomalies.open(`view=chart&theme=${theme}`);
    await expect(page.getByText('You cannot view anomalies')).toBeVisible();
  });
});

test('pictures: anomalies, not configured', async ({ page, admin, anomalies }) => {
  await admin.post(settingsPath, { data: { enabled: true, pinned: true, jsonData: nothingSaved } });
  await inAll(page, 'anomalies-not-configured', async (theme) => {
    await anomalies.open(`view=chart&theme=${theme}`);
    await expect(page.getByText('Connect Sentinel to its sidecar')).toBeVisible();
  });
});

const coverages: readonly { name: string; sidecar: SidecarName; search: string; seen: RegExp }[] = [
  { name: 'ready', sidecar: 'incident', search: '', seen: /^Showing/ },
  { name: 'learning', sidecar: 'incident', search: 'state=learning', seen: /^Showing 7 of 7/ },
  { name: 'no-match', sidecar: 'incident', search: 'q=nothing+of+the+kind', seen: /No series match these filters/ },
  { name: 'failed', sidecar: 'stranger', search: '', seen: /could not be loaded/ },
];

for (const { name, sidecar, search, seen } of coverages) {
  test(`pictures: detection, ${name}`, async ({ page, connect }) => {
    await connect(sidecar);
    await inAll(page, `detection-${name}`, async (theme) => {
      await page.goto(at(`/a/${PLUGIN}/detection?${search}&theme=${theme}`));
      await expect(page.getByText(seen).first()).toBeVisible();
    });
  });
}

test('pictures: dashboards', async ({ page, connect }) => {
  await connect('incident');
  await page.setViewportSize({ width: 1400, height: 1100 });
  for (const theme of themes) {
    for (const name of ['overview', 'service', 'pipeline', 'detection']) {
      await page.goto(at(`/d/sentinel-${name}?from=now-3h&to=now&theme=${theme}`));
      await expect(page.locator('[data-viz-panel-key]').first()).toBeVisible();
      await page.waitForTimeout(2_000);
      await shoot(page, `dashboard-${name}-${theme}-1400`);
    }
  }
});

test('pictures: filters on a phone', async ({ page, connect, anomalies }) => {
  await connect('incident');
  await page.setViewportSize({ width: 360, height: 780 });
  for (const theme of themes) {
    await anomalies.open(`from=now-3h&severity=major&theme=${theme}`);
    await page.getByRole('button', { name: /^Filters/ }).click();
    await expect(page.getByRole('combobox', { name: 'Severity' })).toBeInViewport({ ratio: 1 });
    await shoot(page, `anomalies-filters-${theme}-360`);
  }
});

test('pictures: details', async ({ page, connect, anomalies }) => {
  await connect('incident');
  await inAll(page, 'anomalies-details', async (theme) => {
    await anomalies.open(`from=now-3h&theme=${theme}`);
    await anomalies.titles.filter({ hasText: 'lines like' }).first().click();
    await expect(anomalies.details.getByText('3 of 4 scorers agree')).toBeVisible();
    await expect(anomalies.details.getByRole('button', { name: 'Observed' })).toBeAttached();
    // The drawer slides in.
    await expect(anomalies.details).toBeInViewport({ ratio: 0.95 });
  });
});

test('pictures: card', async ({ page, connect, anomalies }) => {
  await connect('storm');
  await inAll(page, 'anomalies-card', async (theme) => {
    await anomalies.open(`from=now-6h&theme=${theme}`);
    await anomalies.timeline.focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await expect(page.getByRole('group', { name: 'Pinned event' })).toBeVisible();
  });
});

test('pictures: stale', async ({ page, connect, anomalies, sidecars }) => {
  await connect('incident');
  await page.setViewportSize({ width: 1400, height: 900 });
  await anomalies.open('from=now-3h&theme=dark');
  await expect(anomalies.titles.first()).toBeVisible();
  await sidecars.order('down incident');
  await expect(page.getByText(/^Data from/)).toBeVisible({ timeout: 45_000 });
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await shoot(page, `anomalies-stale-dark-${String(width)}`);
  }
  await sidecars.order('up incident');
});

test('pictures: configuration', async ({ page, connect }) => {
  await connect('incident');
  await inAll(page, 'configuration', async (theme) => {
    await page.goto(`${configurationPath}&theme=${theme}`);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByText('Connected', { exact: true })).toBeVisible();
    await page.getByText('Connected', { exact: true }).scrollIntoViewIfNeeded();
  });
});

test('pictures: configuration, refused', async ({ page, connect }) => {
  await connect('stranger');
  await inAll(page, 'configuration-refused', async (theme) => {
    await page.goto(`${configurationPath}&theme=${theme}`);
    await page.getByRole('button', { name: 'Test connection' }).click();
    const report = page.getByTestId('data-testid sentinel connection report');
    await expect(report).toContainText('This is not a Sentinel sidecar');
    await report.scrollIntoViewIfNeeded();
  });
});

const panelStates: readonly { name: string; sidecar: SidecarName; seen: RegExp }[] = [
  { name: 'storm', sidecar: 'storm', seen: /open, worst major$/ },
  { name: 'empty', sidecar: 'empty', seen: /^No incidents in this range$/ },
  { name: 'failed', sidecar: 'untrusted', seen: /^The sidecar cannot be reached$/ },
];

for (const { name, sidecar, seen } of panelStates) {
  test(`pictures: panels, ${name}`, async ({ page, connect, admin }) => {
    await connect(sidecar);
    const path = await dashboardWith(admin, panelSizes);
    await inAll(page, `panel-${name}`, async (theme) => {
      await page.goto(`${path}?from=now-6h&to=now&theme=${theme}`);
      await expect(page.getByText(seen).first()).toBeAttached();
    });
  });
}

test('pictures: panels, frames that do not fit, loading and forbidden', async ({ page, connect, admin }) => {
  await connect('incident');
  await addTestData(admin);
  const path = await dashboardWith(admin, [
    { title: 'Does not fit', options: { source: 'query' }, targets: [csv('Time,Value\n1,2\n')] },
    ...panelSizes,
  ]);
  await page.route(`**${proxyPath}/**`, () => undefined);
  await inAll(page, 'panel-loading', async (theme) => {
    await page.goto(`${path}?from=now-3h&to=now&theme=${theme}`);
    await expect(page.getByText(/^Timeline needs a time field/)).toBeAttached();
  });
  await page.unrouteAll();
  await page.route(`**${proxyPath}/**`, (route) => route.fulfill(accessDenied));
  await page.goto(`${path}?from=now-3h&to=now&theme=dark`);
  await expect(page.getByText('You cannot view incidents').first()).toBeAttached();
  await shoot(page, 'panel-forbidden-dark-1400');
});

test('pictures: panels', async ({ page, connect, admin }) => {
  await connect('incident');
  const path = await dashboardWith(admin, panelSizes);
  await inAll(page, 'panel-ready', async (theme) => {
    await page.goto(`${path}?from=now-3h&to=now&theme=${theme}`);
    await expect(page.getByRole('application', { name: 'Incident timeline' }).first()).toBeVisible();
  });
});

/** What README and plugin page show: no menu, half an hour around the incident. */
test('pictures: shown to others', async ({ page, connect, anomalies, incidents, admin }) => {
  await connect('incident');
  await page.setViewportSize({ width: 1180, height: 720 });
  await anomalies.open('from=now-40m&state=all&theme=dark');
  await expect(anomalies.titles.first()).toBeVisible();
  await shoot(page, 'shown-anomalies');
  await incidents.openFirst('from=now-3h&theme=dark');
  await expect(incidents.answer('What now')).toBeVisible();
  await shoot(page, 'shown-incident');
  await anomalies.open('from=now-40m&state=all&theme=dark');
  await anomalies.titles.filter({ hasText: 'Error rate of checkout' }).first().click();
  await expect(anomalies.details).toBeInViewport({ ratio: 0.95 });
  await anomalies.details.getByTestId(/Panel header Series/).scrollIntoViewIfNeeded();
  await expect(anomalies.details.getByRole('button', { name: 'Observed' })).toBeVisible();
  await shoot(page, 'shown-details');
  const path = await dashboardWith(admin, [{ title: 'What went wrong', size: { w: 24, h: 9 } }]);
  await page.setViewportSize({ width: 1180, height: 480 });
  await page.goto(`${path}?from=now-40m&to=now&theme=light`);
  await page.getByRole('application', { name: 'Incident timeline' }).focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await expect(page.getByRole('group', { name: 'Pinned event' })).toBeVisible();
  await shoot(page, 'shown-panel');
});
