import type { Page } from '@playwright/test';
import { dashboardWith } from '../fixtures/dashboard.ts';
import { at, PLUGIN, proxyPath } from '../fixtures/paths.ts';
import { inAll, shoot } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

test.describe.configure({ timeout: 300_000 });

const accessDenied = { status: 403, json: { message: 'plugin proxy route access denied' } };
const broken = { status: 500, json: { error: { code: 'internal', message: 'broken' } } };

interface Seen {
  readonly name: string;
  readonly path: string;
  readonly sidecar?: 'incident' | 'empty';
  /** What the proxy answers in place of the sidecar. */
  readonly answer?: typeof accessDenied | typeof broken;
  readonly seen: RegExp;
}

const pages: readonly Seen[] = [
  { name: 'services', path: 'services', seen: /^Showing/ },
  { name: 'services-table', path: 'services?view=table', seen: /^Showing/ },
  { name: 'services-empty', path: 'services', sidecar: 'empty', seen: /No services seen yet/ },
  { name: 'services-failed', path: 'services', answer: broken, seen: /could not be loaded/ },
  { name: 'services-forbidden', path: 'services', answer: accessDenied, seen: /You cannot view services/ },
  { name: 'slos', path: 'slos?sort=left', seen: /^Showing/ },
  { name: 'slos-empty', path: 'slos', sidecar: 'empty', seen: /No SLOs yet/ },
  { name: 'slos-failed', path: 'slos', answer: broken, seen: /could not be loaded/ },
  { name: 'slos-forbidden', path: 'slos', answer: accessDenied, seen: /You cannot view SLOs/ },
  { name: 'slo', path: 'slos/checkout-availability?', seen: /Outside incidents/ },
  { name: 'slo-exhausted', path: 'slos/payment-availability?', seen: /Outside incidents/ },
  { name: 'slo-correction', path: 'slos/cart-availability?correction=new', seen: /^Takes \d+ failures out/ },
  { name: 'tuning', path: 'detection/tuning', seen: /As shipped, without rules/ },
  { name: 'shadow', path: 'detection/shadow', seen: /It would have raised 31/ },
  { name: 'shadow-off', path: 'detection/shadow', sidecar: 'empty', seen: /Nothing runs in shadow/ },
  { name: 'drills', path: 'detection/drills', seen: /^Found and missed/ },
  { name: 'drills-off', path: 'detection/drills', sidecar: 'empty', seen: /No faults are rehearsed/ },
  { name: 'drills-failed', path: 'detection/drills', answer: broken, seen: /could not be loaded/ },
];

for (const { name, path, sidecar = 'incident', answer, seen } of pages) {
  test(`pictures: ${name}`, async ({ page, connect }) => {
    await connect(sidecar);
    if (answer !== undefined) {
      await page.route(`**${proxyPath}/**`, (route) => route.fulfill(answer));
    }
    await inAll(page, name, async (theme) => {
      await page.goto(at(`/a/${PLUGIN}/${path}${path.includes('?') ? '&' : '?'}theme=${theme}`));
      await expect(page.getByText(seen).first()).toBeVisible();
      await page.waitForTimeout(1500);
    });
  });
}

test('pictures: SLO panels', async ({ page, connect, admin }) => {
  await connect('incident');
  const panel = { type: 'sentinel-slo-panel' } as const;
  const path = await dashboardWith(admin, [
    { ...panel, title: 'SLOs', size: { w: 24, h: 10 } },
    { ...panel, title: 'Budget', options: { show: 'budget' }, size: { w: 16, h: 8 } },
    { ...panel, title: 'Burn rate', options: { show: 'burn' }, size: { w: 10, h: 6 } },
    { ...panel, title: 'Small', size: { w: 7, h: 5 } },
    { ...panel, title: 'Tiny', size: { w: 3, h: 3 } },
  ]);
  await inAll(page, 'slo-panels', async (theme) => {
    await page.goto(`${path}?from=now-3h&to=now&theme=${theme}`);
    await expect(page.getByText('Payment availability').first()).toBeVisible();
  });
});

test('pictures: a service', async ({ page, connect }) => {
  await connect('incident');
  await inAll(page, 'service-drawer', async (theme) => {
    await page.goto(at(`/a/${PLUGIN}/services?view=table&theme=${theme}`));
    await page.getByRole('button', { name: 'Calls of checkout' }).click();
    await expect(page.getByRole('dialog')).toBeInViewport({ ratio: 0.95 });
  });
});

async function whole(page: Page): Promise<void> {
  await page.mouse.move(700, 600);
  await page.mouse.wheel(0, 700);
  await page.waitForTimeout(2500);
}

test('pictures: the lower half of an incident, and what it asks', async ({ page, connect, incidents }) => {
  await connect('incident');
  await inAll(page, 'incident-below', async (theme) => {
    await incidents.openFirst(`from=now-12h&theme=${theme}`);
    await expect(incidents.answer('What now')).toBeVisible();
    await whole(page);
  });
  await page.setViewportSize({ width: 1400, height: 900 });
  await incidents.button('What changed here').click();
  await expect(page.getByRole('dialog').getByText(/series changed/)).toBeVisible();
  await shoot(page, 'incident-window');
  await page.keyboard.press('Escape');
  await incidents.button('Close').click();
  await shoot(page, 'incident-close');
  await page.keyboard.press('Escape');
  for (const name of ['Report', 'Merge into another incident']) {
    await incidents.button('More actions').click();
    await page.getByRole('menuitem', { name }).click();
    await page.waitForTimeout(1000);
    await shoot(page, `incident-${name.toLowerCase().split(' ')[0] ?? ''}`);
    await page.keyboard.press('Escape');
  }
});

test('pictures: a receipt', async ({ page, connect, anomalies }) => {
  await connect('trusted');
  await page.setViewportSize({ width: 1400, height: 900 });
  await anomalies.open('from=now-3h&state=all');
  await anomalies.titles.first().click();
  await page.getByRole('button', { name: 'Expected', exact: true }).click();
  await expect(page.getByText('Proposed change')).toBeVisible();
  await page.getByText('Proposed change').scrollIntoViewIfNeeded();
  await shoot(page, 'receipt-open');
  await page.getByRole('button', { name: 'Accept change' }).click();
  await expect(page.getByText(/is active since/)).toBeVisible();
  await shoot(page, 'receipt-accepted');
  await page.goto(at(`/a/${PLUGIN}/detection/tuning?series=0000000000000000`));
  await expect(page.getByText('Version 1', { exact: true })).toBeVisible();
  await page.waitForTimeout(2000);
  await shoot(page, 'tuning-used');
  await page.getByRole('button', { name: 'Roll back to version 0' }).click();
  await shoot(page, 'tuning-roll-back');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Receipt of/ }).click();
  await page.waitForTimeout(2000);
  await shoot(page, 'tuning-receipt');
});
