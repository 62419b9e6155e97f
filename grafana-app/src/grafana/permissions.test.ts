import { expect, test } from '@jest/globals';
import plugin from '../plugin.json';
import { morePermissions } from './allowed';
import { permissions } from './permissions';

const granted = plugin.roles.flatMap(({ role }) => role.permissions.map(({ action }) => action));

test('every permission that the app asks for is one that a role hands out', () => {
  expect(granted).toEqual(expect.arrayContaining(Object.values({ ...permissions, ...morePermissions })));
});

test('every page and proxy route names an action that a role hands out, or a basic role', () => {
  for (const { action, role } of plugin.includes.filter(({ type }) => type === 'page')) {
    expect(action === undefined ? role : granted).toEqual(
      action === undefined ? 'Admin' : expect.arrayContaining([action]),
    );
  }
  for (const { reqAction } of plugin.routes) {
    expect(granted).toContain(reqAction);
  }
});

test('every proxy route sends a fixed scope, so that what it reaches stays within it', () => {
  for (const { headers } of plugin.routes) {
    expect(headers.map(({ name }) => name)).toEqual(['Authorization', 'X-Sentinel-Scope']);
  }
});
