import prettier from 'eslint-config-prettier';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import sonarjs from 'eslint-plugin-sonarjs';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const sidecar = 'collector-processor/src';
const shared = ['model', 'runtime'];
const stages = ['receivers', 'decode', 'score', 'slo', 'correlate', 'act', 'publish', 'store', 'api', 'config'];
const mayAlsoImport = { api: ['store', 'contract'], store: ['contract'] };

/** One-way stages (design rule 10): a stage sees its own folder, model/ and runtime/; only app.ts joins stages. */
const zones = stages.map((stage) => ({
  target: `./${sidecar}/${stage}`,
  from: `./${sidecar}`,
  except: [stage, ...shared, ...(mayAlsoImport[stage] ?? []), 'testing'].map((folder) => `./${folder}`),
  message: `${stage}/ may import model/, runtime/ and its own folder. Join stages in app.ts.`,
}));

export default defineConfig(
  globalIgnores(['**/node_modules/', '**/dist/', '**/coverage/', '.node/', 'grafana-app/', 'e2e/playwright-report/']),
  {
    files: ['**/*.{ts,mts}'],
    extends: [...tseslint.configs.strictTypeChecked, importX.flatConfigs.recommended, importX.flatConfigs.typescript],
    plugins: { sonarjs },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({ project: ['collector-processor/tsconfig.json'] }),
        createNodeResolver(),
      ],
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/unbound-method': 'off',
      complexity: ['error', 12],
      'max-lines': ['error', { max: 250, skipComments: true }],
      'max-params': ['error', 3],
      'no-console': 'error',
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-named-as-default-member': 'off',
      'import-x/order': ['error', { alphabetize: { order: 'asc' }, 'newlines-between': 'ignore' }],
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-extraneous-dependencies': [
        'error',
        { packageDir: [import.meta.dirname, `${import.meta.dirname}/collector-processor`] },
      ],
      'sonarjs/cognitive-complexity': ['error', 15],
    },
  },
  {
    files: [`${sidecar}/model/**`, `${sidecar}/contract/**`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(?!\\./|typebox).*', message: 'model/ imports nothing, contract/ only the schema library.' },
          ],
        },
      ],
    },
  },
  {
    files: [`${sidecar}/decode/**`, `${sidecar}/score/**`],
    rules: { complexity: 'off', 'max-params': 'off', 'sonarjs/cognitive-complexity': 'off' },
  },
  {
    files: ['**/*.test.ts', '**/testing/**', 'collector-processor/{test,bench,demo}/**', 'e2e/**'],
    rules: {
      'import-x/no-restricted-paths': 'off',
      'max-params': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['collector-processor/{bench,demo}/**', 'tools/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.mjs'], rules: { 'max-lines': ['error', { max: 250, skipComments: true }] } },
  prettier,
);
