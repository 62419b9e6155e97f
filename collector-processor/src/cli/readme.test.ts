import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadSettings } from '../config/schema.ts';
import { settingsChecks } from '../wiring/checks/settings-checks.ts';

const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
const [, file = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
const check = (env: Readonly<Record<string, string>>) =>
  loadSettings(file, { env, readFile: () => '' }, settingsChecks);

test('the file of the first steps is valid once what they export is there, and says what is missing before', () => {
  const exported = [...readme.matchAll(/^export ([A-Z_]+)=(\S+)/gm)].map(([, name = '', value = '']) => [name, value]);
  expect(check({})).toMatchObject({ kind: 'invalid', problems: [{ remedy: expect.stringContaining('export') }] });
  expect(check(Object.fromEntries(exported) as Record<string, string>)).toMatchObject({ kind: 'settings' });
});
