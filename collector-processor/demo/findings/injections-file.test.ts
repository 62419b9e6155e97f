import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Compile } from 'typebox/compile';
import { InjectionList } from '../../src/contract/injection.ts';
import type { Injection } from '../director/injection.ts';
import { latency } from '../faults/latency.ts';
import { anomaly } from '../testing/anomaly.ts';
import { injectionList, writeInjections } from './injections-file.ts';

const first: Injection = { id: 'latency-1', fault: latency, startMs: 10_400, endMs: 30_000 };
const second: Injection = { id: 'latency-2', fault: latency, startMs: 90_000 };

test('the list fits the contract, newest first, with what was found and after how long', () => {
  const list = injectionList([first, second], [{ anomaly: anomaly(), border: 'notice' }]);
  expect(Compile(InjectionList).Check(list)).toBe(true);
  expect(list.items.map(({ id }) => id)).toEqual(['latency-2', 'latency-1']);
  expect(list.items[0]?.found).toEqual([]);
  expect(list.items[1]?.found).toMatchObject([{ service: 'payment', signal: 'traces', delayMs: 2_100 }]);
});

test('side effects are not shown as found', () => {
  const side = anomaly({ series: { service: 'storefront' } });
  expect(injectionList([first], [{ anomaly: side, border: 'notice' }]).items[0]?.found).toEqual([]);
});

test('the file is replaced as a whole', () => {
  const folder = mkdtempSync(join(tmpdir(), 'injections-'));
  const file = join(folder, 'injections.json');
  writeInjections(file, { items: [] });
  writeInjections(file, injectionList([first], []));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ items: [{ id: 'latency-1' }] });
  expect(readdirSync(folder)).toEqual(['injections.json']);
  rmSync(folder, { recursive: true });
});
