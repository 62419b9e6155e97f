import { inAll } from '../fixtures/pictures.ts';
import type { SidecarName } from '../fixtures/sidecars.ts';
import { expect, test } from '../fixtures/test.ts';

test.describe.configure({ timeout: 240_000 });

const lists: readonly { name: string; sidecar: SidecarName; search: string; seen: RegExp }[] = [
  { name: 'ready', sidecar: 'incident', search: 'from=now-3h', seen: /^Showing/ },
  { name: 'storm', sidecar: 'storm', search: 'from=now-12h', seen: /^Showing/ },
  { name: 'empty', sidecar: 'empty', search: 'from=now-24h', seen: /No open incidents/ },
];

for (const { name, sidecar, search, seen } of lists) {
  test(`pictures: incidents, ${name}`, async ({ page, connect, incidents }) => {
    await connect(sidecar);
    await inAll(page, `incidents-${name}`, async (theme) => {
      await incidents.open(`${search}&theme=${theme}`);
      await expect(page.getByText(seen).first()).toBeVisible();
    });
  });
}

for (const sidecar of ['incident', 'storm'] as const) {
  test(`pictures: the page of an incident, ${sidecar}`, async ({ page, connect, incidents }) => {
    await connect(sidecar);
    await inAll(page, `incident-${sidecar}`, async (theme) => {
      await incidents.openFirst(`from=now-12h&theme=${theme}`);
      await expect(incidents.answer('What now')).toBeVisible();
    });
  });
}
