import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { apiDocs, apiDocsPath } from './write-api-docs.ts';

test('docs/api.md is what the routes say; `node collector-processor/src/api/write-api-docs.ts` writes it', async () => {
  expect(await apiDocs()).toBe(readFileSync(apiDocsPath, 'utf8'));
});
