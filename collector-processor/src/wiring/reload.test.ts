import { expect, test } from '@jest/globals';
import type { Settings } from '../config/schema.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createReload, type Reread } from './reload.ts';

function settingsWith(part: Record<string, unknown>): Settings {
  return { decode: 1, store: 1, api: 1, telemetry: 1, forward: 1, ...part } as unknown as Settings;
}
const settings = settingsWith({});

function world(read: Reread, failOn?: Settings) {
  const applied: Settings[] = [];
  const part = {
    apply(next: Settings) {
      applied.push(next);
      return next === failOn ? Promise.reject(new Error('port taken')) : Promise.resolve();
    },
  };
  return { applied, reload: createReload({ settings, reread: () => read, parts: [part], logger: silentLogger }) };
}

test('a file with faults changes nothing', async () => {
  const { reload, applied } = world({ kind: 'invalid', lines: ['line 3: bad'] });
  expect(await reload()).toEqual({ kind: 'invalid', problems: ['line 3: bad'] });
  expect(applied).toEqual([]);
});

test('sections that are read once are named', async () => {
  const next = settingsWith({ store: 2, forward: 2 });
  const { reload, applied } = world({ kind: 'settings', settings: next });
  expect(await reload()).toEqual({ kind: 'reloaded', restartNeeded: ['store'] });
  expect(applied).toEqual([next]);
});

test('when a part cannot start with the new settings, all go back to the old ones', async () => {
  const next = settingsWith({ forward: 2 });
  const { reload, applied } = world({ kind: 'settings', settings: next }, next);
  expect(await reload()).toEqual({ kind: 'invalid', problems: ['port taken'] });
  expect(applied).toEqual([next, settings]);
});
