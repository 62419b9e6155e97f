import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createSelfMetrics, type SelfMetrics } from '../runtime/self-metrics.ts';
import { createDemoInjections } from './demo-injections.ts';

const injection = { id: 'latency-1', fault: 'latency', service: 'payment', startMs: 1, found: [] };

let folder: string;
let file: string;
let metrics: SelfMetrics;
let second: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'injections-'));
  file = join(folder, 'injections.json');
  metrics = createSelfMetrics();
  second = 0;
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(text: string): void {
  writeFileSync(file, text);
  second += 1;
  utimesSync(file, second, second);
}

test('what the demo wrote is shown, and shown anew when it changed', () => {
  const injections = createDemoInjections({ file, metrics });
  write(JSON.stringify({ items: [injection] }));
  expect(injections()).toEqual([injection]);
  write(JSON.stringify({ items: [{ ...injection, endMs: 9 }] }));
  expect(injections()).toEqual([{ ...injection, endMs: 9 }]);
});

test('outside the demo, and before the file is there, the list is empty', () => {
  expect(createDemoInjections({ file: '', metrics })()).toEqual([]);
  expect(createDemoInjections({ file, metrics })()).toEqual([]);
  expect(metrics.render()).toContain('sentinel_demo_injections_unreadable_total 0');
});

test.each(['{"items":', '{"items":[{"id":7}]}'])('a file with %s is counted and shown as empty', (text) => {
  const injections = createDemoInjections({ file, metrics });
  write(JSON.stringify({ items: [injection] }));
  injections();
  write(text);
  expect(injections()).toEqual([]);
  expect(metrics.render()).toContain('sentinel_demo_injections_unreadable_total 1');
});
