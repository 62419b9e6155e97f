/**
 * What `npm test` runs, in order: cheap first. `kind` tells how its result is counted (see test.mjs); after `minutes` (10 unless
 * told) a check is stopped and has failed, so that the run always ends and says what happened.
 */
export const checks = [
  { name: 'format', program: 'prettier', args: ['--check', '--log-level=warn', '.'] },
  { name: 'lint', program: 'eslint', args: ['.'] },
  { name: 'lint-app', program: 'eslint', args: ['.'], folder: 'grafana-app' },
  { name: 'types', program: 'tsc', args: ['--noEmit', '-p', 'collector-processor'] },
  { name: 'types-app', program: 'tsc', args: ['--noEmit', '-p', 'grafana-app'] },
  { name: 'types-e2e', program: 'tsc', args: ['--noEmit', '-p', 'e2e'] },
  { name: 'knip', program: 'knip' },
  {
    name: 'unit',
    program: 'jest',
    // A failed test may leave a server open: the run is not to wait for it.
    args: ['-c', 'collector-processor/jest.config.mjs', '--forceExit', '--maxWorkers=100%'],
    kind: 'jest',
    minutes: 20,
  },
  { name: 'gates', program: 'collector-processor/test/gates.ts', kind: 'counted' },
  { name: 'rules', program: 'collector-processor/test/rules.ts', kind: 'counted' },
  { name: 'rulers', program: 'collector-processor/test/rulers.ts', kind: 'counted', minutes: 15 },
  { name: 'provisioning', program: 'collector-processor/test/provisioning.ts', kind: 'counted', minutes: 15 },
  { name: 'clients', program: 'collector-processor/test/clients.ts', kind: 'counted' },
  { name: 'crash', program: 'collector-processor/test/crash.ts', args: ['--rounds', '8'] },
  { name: 'kill', program: 'collector-processor/test/kill.ts', kind: 'counted' },
  { name: 'backends', program: 'collector-processor/test/backends.ts', kind: 'counted' },
  { name: 'grafana', program: 'collector-processor/test/grafana-annotations.ts', kind: 'counted' },
  {
    name: 'unit-app',
    program: 'jest',
    args: ['--forceExit', '--maxWorkers=100%'],
    folder: 'grafana-app',
    kind: 'jest',
    env: { NODE_OPTIONS: '' },
  },
  { name: 'plugin', program: 'tools/plugin-build.mjs', kind: 'counted' },
  { name: 'image', program: 'collector-processor/test/image.ts', kind: 'counted' },
  { name: 'install', program: 'collector-processor/test/grafana-install.ts', kind: 'counted' },
  // After the plugin is built.
  { name: 'stack', program: 'collector-processor/test/stack.ts', kind: 'counted', minutes: 15 },
];
