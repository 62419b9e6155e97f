// Times are shown in the user's zone; tests need one that does not depend on the machine.
process.env.TZ = 'UTC';

const base = require('./.config/jest.config');
const { grafanaESModules, nodeModulesToTransform } = require('./.config/jest/utils');

const [, swcOptions] = base.transform['^.+\\.(t|j)sx?$'];
const withJsxRuntime = {
  ...swcOptions,
  jsc: { ...swcOptions.jsc, transform: { react: { runtime: 'automatic' } } },
};

module.exports = {
  ...base,
  testTimeout: 30_000,
  transform: { '^.+\\.(t|j)sx?$': ['@swc/jest', withJsxRuntime], '^.+\\.mjs$': ['@swc/jest', withJsxRuntime] },
  transformIgnorePatterns: [nodeModulesToTransform([...grafanaESModules, '@react-hookz', '@ver0'])],
};
