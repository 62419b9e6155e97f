import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { drawnPages } from './docs.ts';

test.each(Object.entries(drawnPages))('%s is what the code says; `npm run docs` writes it', async (path, draw) => {
  expect(readFileSync(path, 'utf8')).toBe(await draw());
});
