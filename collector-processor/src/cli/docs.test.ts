import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { drawnPages } from './docs.ts';

test.each(Object.entries(drawnPages))('%s is what the code says; `npm run docs` writes it', async (path, draw) => {
  expect(readFileSync(path, 'utf8')).toBe(await draw());
});

test('every metric that the code names is on the page of metrics', () => {
  const source = join(import.meta.dirname, '..');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => file.endsWith('.ts') && !file.includes('test'));
  const named = code.flatMap((file) => [
    ...readFileSync(join(source, file), 'utf8').matchAll(/'(sentinel_[a-z0-9_]+)'/g),
  ]);
  const page = readFileSync(join(source, '../../docs/metrics.md'), 'utf8');
  expect(new Set(named.map(([, name = '']) => name).filter((name) => !page.includes(`\`${name}\``)))).toEqual(
    new Set(),
  );
});
