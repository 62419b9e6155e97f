const swc = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2024', experimental: { keepImportAttributes: true } },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/demo', '<rootDir>/bench', '<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  coverageProvider: 'v8',
  // A machine that is busy with other things is slow, and not wrong.
  testTimeout: 30_000,
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
};
