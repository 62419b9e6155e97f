/** What `npm test` runs, in order: cheap first. `kind` tells how its result is counted (see test.mjs). */
export const checks = [
  { name: 'format', program: 'prettier', args: ['--check', '--log-level=warn', '.'] },
  { name: 'lint', program: 'eslint', args: ['.'] },
  { name: 'types', program: 'tsc', args: ['--noEmit', '-p', 'collector-processor'] },
  { name: 'knip', program: 'knip' },
  { name: 'unit', program: 'jest', args: ['-c', 'collector-processor/jest.config.mjs'], kind: 'jest' },
];
