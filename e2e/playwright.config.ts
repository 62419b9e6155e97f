import { defineConfig } from '@playwright/test';

/** How many times slower than an idle machine this one is: `E2E_SLOWNESS=5` beside other work. */
const slowness = Number(process.env.E2E_SLOWNESS ?? 1);

/** One worker: the tests share one Grafana, whose app leads to one sidecar at a time. */
// eslint-disable-next-line import-x/no-default-export -- Playwright reads its configuration so
export default defineConfig({
  testDir: './tests',
  outputDir: './playwright/results',
  workers: 1,
  timeout: 60_000 * slowness,
  expect: { timeout: 15_000 * slowness },
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
  // Each test signs in for itself (fixtures/test.ts): as whom, the name of its project says.
  projects: [
    { name: 'people', testMatch: /people\.setup/ },
    { name: 'admin', testIgnore: [/roles\.spec/, /pictures\.spec/, /\.setup/], dependencies: ['people'] },
    { name: 'viewer', testMatch: /roles\.spec/, dependencies: ['people'] },
    { name: 'editor', testMatch: /roles\.spec/, dependencies: ['people'] },
    { name: 'pictures', testMatch: /pictures\.spec/, dependencies: ['people'] },
  ],
});
