import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApi, type TestApi } from '../testing/api-server.ts';
import { statusPage } from './status-page.ts';

const assets = `${import.meta.dirname}/assets`;

let server: TestApi;
beforeAll(async () => {
  server = await startApi();
});
afterAll(() => server.stop());

const between = (html: string, tag: string): string => html.split(`<${tag}>`)[1]?.split(`</${tag}>`)[0] ?? '';

test('the page is open, whole in itself, and allows what it holds by hash and nothing else', async () => {
  const response = await server.ask('/', 'nobody');
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = response.headers.get('content-security-policy') ?? '';
  for (const tag of ['script', 'style']) {
    const hash = createHash('sha256').update(between(html, tag)).digest('base64');
    expect(policy).toContain(`${tag}-src 'sha256-${hash}'`);
  }
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
});

test('every script file is in the page once, and the whole is valid', () => {
  const { html } = statusPage();
  const script = between(html, 'script');
  expect(() => new Script(script)).not.toThrow();
  expect(script).not.toMatch(/^\s*(?:import|export)\b/m);
  for (const name of readdirSync(assets).filter((file) => file.endsWith('.js'))) {
    const [, first = 'nothing'] =
      /^export (?:async )?function (\w+)/m.exec(readFileSync(`${assets}/${name}`, 'utf8')) ?? [];
    if (name !== 'main.js') expect(script.split(`function ${first}(`)).toHaveLength(2);
  }
});

test('telemetry reaches the page as text only', () => {
  const script = between(statusPage().html, 'script');
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/);
});
