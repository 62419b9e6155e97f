import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PluginOptions } from '@grafana/plugin-e2e';
import { defineConfig } from '@playwright/test';

const authFolder = join(dirname(fileURLToPath(import.meta.resolve('@grafana/plugin-e2e'))), 'auth');
const signIn = { testDir: authFolder, testMatch: [/.*\.js/] };
const stateOf = (user: string) => ({ storageState: `playwright/.auth/${user}.json` });
const viewer = { user: 'sentinel-viewer', password: 'sentinel-viewer', role: 'Viewer' } as const;
const editor = { user: 'sentinel-editor', password: 'sentinel-editor', role: 'Editor' } as const;

/** One worker: the tests share one Grafana, whose app leads to one sidecar at a time. */
// eslint-disable-next-line import-x/no-default-export -- Playwright reads its configuration so
export default defineConfig<PluginOptions>({
  testDir: './tests',
  outputDir: './playwright/results',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['./count-reporter.ts']],
  use: {
    baseURL: process.env.GRAFANA_URL ?? 'http://127.0.0.1:3000',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    },
    viewport: { width: 1400, height: 900 },
    trace: 'off',
  },
  projects: [
    { name: 'sign in as admin', ...signIn },
    { name: 'sign in as viewer', ...signIn, use: { user: viewer } },
    { name: 'sign in as editor', ...signIn, use: { user: editor } },
    {
      name: 'admin',
      testIgnore: [/roles\.spec/, /pictures\.spec/],
      use: stateOf('admin'),
      // Its requests as others need their users.
      dependencies: ['sign in as admin', 'sign in as viewer', 'sign in as editor'],
    },
    { name: 'viewer', testMatch: /roles\.spec/, use: stateOf(viewer.user), dependencies: ['sign in as viewer'] },
    { name: 'editor', testMatch: /roles\.spec/, use: stateOf(editor.user), dependencies: ['sign in as editor'] },
    { name: 'pictures', testMatch: /pictures\.spec/, use: stateOf('admin'), dependencies: ['sign in as admin'] },
  ],
});
