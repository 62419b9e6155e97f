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
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
};
