import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { dashboardWith } from '../fixtures/dashboard.ts';
import { at, configurationPath, PLUGIN } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

/** What axe finds in our part of the page; Grafana's own frame around it is Grafana's. */
async function violations(page: Page, part: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).include(part).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing on the anomalies page, ${theme}`, async ({ connect, anomalies, page }) => {
    await connect('incident');
    for (const view of ['chart', 'moments']) {
      await anomalies.open(`from=now-3h&view=${view}&theme=${theme}`);
      await expect(anomalies.titles.first()).toBeVisible();
      expect(await violations(page, '#pageContent')).toEqual([]);
    }
    await anomalies.titles.first().click();
    await expect(anomalies.details.getByText('3 of 4 scorers agree')).toBeVisible();
    await page.waitForTimeout(500);
    expect(await violations(page, '[role=dialog]')).toEqual([]);
  });

  test(`axe finds nothing on the services page, ${theme}`, async ({ connect, page }) => {
    await connect('incident');
    await page.goto(at(`/a/${PLUGIN}/services?view=table&theme=${theme}`));
    await expect(page.getByText(/^Showing/)).toBeVisible();
    expect(await violations(page, '#pageContent')).toEqual([]);
    await page.getByRole('button', { name: 'Calls of checkout' }).click();
    await page.waitForTimeout(500);
    expect(await violations(page, '[role=dialog]')).toEqual([]);
  });

  test(`axe finds nothing on the SLO pages, ${theme}`, async ({ connect, page }) => {
    await connect('incident');
    await page.goto(at(`/a/${PLUGIN}/slos?sort=left&theme=${theme}`));
    await expect(page.getByText(/^Showing/)).toBeVisible();
    await page.getByRole('button', { name: 'Toggle row expanded' }).nth(1).click();
    expect(await violations(page, '#pageContent')).toEqual([]);
    await page.goto(at(`/a/${PLUGIN}/slos/checkout-availability?theme=${theme}`));
    await expect(page.getByText('Outside incidents')).toBeVisible();
    for (const name of ['What burned it', 'Corrections', 'Burn by window', 'The promise'])
      expect(await violations(page, `section[aria-label="${name}"]`)).toEqual([]);
    await page.getByRole('button', { name: 'Add correction' }).click();
    await expect(page.getByRole('dialog').getByText(/^Takes \d+ failures out/)).toBeVisible();
    await page.waitForTimeout(500);
    expect(await violations(page, '[role=dialog]')).toEqual([]);
  });

  test(`axe finds nothing on the SLO panel, ${theme}`, async ({ connect, page, admin }) => {
    await connect('incident');
    const panel = { type: 'sentinel-slo-panel' } as const;
    const path = await dashboardWith(admin, [panel, { ...panel, options: { show: 'budget' } }]);
    await page.goto(`${path}?from=now-3h&to=now&theme=${theme}`);
    await expect(page.getByText('Payment availability')).toHaveCount(2);
    expect(await violations(page, '[data-viz-panel-key]')).toEqual([]);
  });

  test(`axe finds nothing on the detection pages, ${theme}`, async ({ connect, page }) => {
    await connect('incident');
    const tabs = [
      ['', /^Showing/],
      ['/tuning', /^As shipped/],
      ['/shadow', /^It would have raised/],
      ['/drills', /^Found and missed/],
    ] as const;
    for (const [tab, seen] of tabs) {
      await page.goto(at(`/a/${PLUGIN}/detection${tab}?theme=${theme}`));
      await expect(page.getByText(seen).first()).toBeVisible();
      expect(await violations(page, '#pageContent')).toEqual([]);
    }
  });

  test(`axe finds nothing on the page of an incident, ${theme}`, async ({ connect, incidents, page }) => {
    await connect('incident');
    await incidents.openFirst(`from=now-3h&theme=${theme}`);
    await expect(page.getByRole('region', { name: 'Seen before' }).getByRole('link').first()).toBeVisible();
    await page
      .getByRole('region', { name: 'Affected services' })
      .getByRole('radio', { name: 'Table' })
      .check({ force: true });
    await expect(page.getByRole('button', { name: 'Calls of checkout' })).toBeVisible();
    const own = ['Causes', 'Notes', 'Seen before', 'Affected services'];
    for (const name of own) expect(await violations(page, `section[aria-label="${name}"]`)).toEqual([]);
    await incidents.button('What changed here').click();
    await expect(page.getByRole('dialog').getByText(/series changed/)).toBeVisible();
    await page.waitForTimeout(500);
    expect(await violations(page, '[role=dialog]')).toEqual([]);
  });

  test(`axe finds nothing on the configuration page, ${theme}`, async ({ connect, page }) => {
    await connect('incident');
    await page.goto(`${configurationPath}&theme=${theme}`);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByText('Connected', { exact: true })).toBeVisible();
    expect(await violations(page, 'form[data-testid="data-testid sentinel configuration form"]')).toEqual([]);
  });

  test(`axe finds nothing on the panel, ${theme}`, async ({ connect, page, admin }) => {
    await connect('incident');
    const path = await dashboardWith(admin, [{ options: { showLegend: true } }]);
    await page.goto(`${path}?from=now-3h&to=now&theme=${theme}`);
    await expect(page.getByRole('application', { name: 'Incident timeline' })).toBeVisible();
    expect(await violations(page, '[data-viz-panel-key]')).toEqual([]);
  });
}
