/** What `npm test` runs, in order: cheap first. `kind` tells how its result is counted (see test.mjs). */
export const checks = [
  { name: 'format', program: 'prettier', args: ['--check', '--log-level=warn', '.'] },
  { name: 'lint', program: 'eslint', args: ['.'] },
  { name: 'lint-app', program: 'eslint', args: ['.'], folder: 'grafana-app' },
  { name: 'types', program: 'tsc', args: ['--noEmit', '-p', 'collector-processor'] },
  { name: 'types-app', program: 'tsc', args: ['--noEmit', '-p', 'grafana-app'] },
  { name: 'types-e2e', program: 'tsc', args: ['--noEmit', '-p', 'e2e'] },
  { name: 'knip', program: 'knip' },
  { name: 'unit', program: 'jest', args: ['-c', 'collector-processor/jest.config.mjs'], kind: 'jest' },
  { name: 'gates', program: 'collector-processor/test/gates.ts', kind: 'counted' },
  { name: 'clients', program: 'collector-processor/test/clients.ts', kind: 'counted' },
  { name: 'crash', program: 'collector-processor/test/crash.ts', args: ['--rounds', '8'] },
  { name: 'backends', program: 'collector-processor/test/backends.ts', kind: 'counted' },
  { name: 'grafana', program: 'collector-processor/test/grafana-annotations.ts', kind: 'counted' },
  { name: 'unit-app', program: 'jest', folder: 'grafana-app', kind: 'jest', env: { NODE_OPTIONS: '' } },
  { name: 'plugin', program: 'tools/plugin-build.mjs', kind: 'counted' },
];
