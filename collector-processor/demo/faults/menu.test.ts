import { describe, expect, test } from '@jest/globals';
import { versions } from '../shop/topology.ts';
import { faultMenu, faultNamed } from './menu.ts';

test('the names are unique and can be typed', () => {
  const names = faultMenu.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z-]+$/);
});

test('a fault is found by its name, and an unknown name finds none', () => {
  expect(faultNamed('latency')?.service).toBe('payment');
  expect(faultNamed('flood')).toBeUndefined();
});

describe.each(faultMenu)('$name', (fault) => {
  test('disturbs the service it is in, and says what is expected of it', () => {
    expect(fault.disturbs).toContain(fault.service);
    expect(fault.expect.length).toBeGreaterThan(0);
    for (const { measures } of fault.expect) expect(measures.length).toBeGreaterThan(0);
  });

  test('lasts long enough to be found and is worked off afterwards', () => {
    expect(fault.durationMs).toBeGreaterThanOrEqual(20_000);
    expect(fault.durationMs).toBeLessThanOrEqual(30_000);
    expect(fault.recoveryMs).toBeGreaterThan(0);
  });
});

test('every fault takes back what it did', async () => {
  for (const fault of faultMenu) {
    const state = new Map<string, unknown>(Object.entries(versions));
    const shop = {
      tell: (service: string, conditions: object) => {
        for (const [name, value] of Object.entries(conditions)) state.set(`${service}.${name}`, value);
        return Promise.resolve();
      },
      freeze: () => Promise.resolve(),
      deploy: (service: string, version: string) => {
        state.set(service, version);
        return Promise.resolve();
      },
    };
    await fault.inject(shop);
    const injected = new Map(state);
    await fault.recover(shop);
    for (const [name, value] of state) {
      const calm = name in versions ? versions[name as keyof typeof versions] : name.endsWith('.slowdown') ? 1 : 0;
      expect([fault.name, name, value]).toEqual([fault.name, name, calm]);
    }
    if (fault.name !== 'silent-service') expect(injected).not.toEqual(state);
  }
});
