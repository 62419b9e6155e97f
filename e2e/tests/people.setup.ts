import { at } from '../fixtures/paths.ts';
import { users } from '../fixtures/raw-request.ts';
import { expect, test } from '../fixtures/test.ts';

/** As administrators of this Grafana would have made them; those of an earlier walk stay. */
test('a viewer and an editor are there', async ({ admin }) => {
  for (const [role, nameAndPassword] of [
    ['Viewer', users.viewer],
    ['Editor', users.editor],
  ] as const) {
    const [login, password] = nameAndPassword.split(':');
    const made = await admin.post(at('/api/admin/users'), { data: { name: login, login, password, OrgId: 1 } });
    expect([200, 412]).toContain(made.status());
    const found = await admin.get(at(`/api/users/lookup?loginOrEmail=${String(login)}`));
    const { id } = (await found.json()) as { id: number };
    expect((await admin.patch(at(`/api/org/users/${String(id)}`), { data: { role } })).status()).toBe(200);
  }
});
