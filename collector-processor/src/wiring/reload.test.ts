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
    name: 'part',
    apply(next: Settings) {
      applied.push(next);
      return next === failOn ? Promise.reject(new Error('port taken')) : Promise.resolve(true);
    },
  };
  return {
    applied,
    reload: createReload({
      settings,
      reread: () => read,
      parts: [part],
      settle: () => Promise.resolve(),
      logger: silentLogger,
    }),
  };
}

test('a file with faults changes nothing', async () => {
  const { reload, applied } = world({ kind: 'invalid', lines: ['line 3: bad'] });
  expect(await reload.run()).toEqual({ kind: 'invalid', problems: ['line 3: bad'] });
  expect(applied).toEqual([]);
});

test('sections that are read once are named', async () => {
  const next = settingsWith({ store: 2, forward: 2 });
  const { reload, applied } = world({ kind: 'settings', settings: next });
  expect(await reload.run()).toEqual({ kind: 'reloaded', restartNeeded: ['store'], notes: [] });
  expect(applied).toEqual([next]);
});

test('that learning starts again is said', async () => {
  const bucket = (ms: number) => ({ score: { bucket: ms } });
  const next = settingsWith(bucket(20_000));
  const reload = createReload({
    settings: settingsWith(bucket(10_000)),
    reread: () => ({ kind: 'settings', settings: next }),
    parts: [],
    settle: () => Promise.resolve(),
    logger: silentLogger,
  });
  const outcome = await reload.run();
  expect(outcome).toMatchObject({ kind: 'reloaded', notes: [expect.stringContaining('Learning starts again')] });
  expect(await reload.run()).toMatchObject({ kind: 'reloaded', notes: [] });
});

test('when a part cannot start with the new settings, all go back to the old ones', async () => {
  const next = settingsWith({ forward: 2 });
  const { reload, applied } = world({ kind: 'settings', settings: next }, next);
  expect(await reload.run()).toEqual({ kind: 'invalid', problems: ['port taken'] });
  expect(applied).toEqual([next, settings]);
});

test('a file that cannot be read changes nothing', async () => {
  const reread = () => {
    throw new Error('ENOENT');
  };
  const reload = createReload({ settings, reread, parts: [], settle: () => Promise.resolve(), logger: silentLogger });
  expect(await reload.run()).toEqual({ kind: 'invalid', problems: ['ENOENT'] });
});

test('reloads come one after the other', async () => {
  const events: string[] = [];
  const part = {
    name: 'part',
    async apply() {
      events.push('begin');
      await new Promise((resolve) => setImmediate(resolve));
      events.push('end');
      return true;
    },
  };
  const reread = (): Reread => ({ kind: 'settings', settings: settingsWith({ forward: 2 }) });
  const reload = createReload({
    settings,
    reread,
    parts: [part],
    settle: () => Promise.resolve(),
    logger: silentLogger,
  });
  await Promise.all([reload.run(), reload.run()]);
  expect(events).toEqual(['begin', 'end', 'begin', 'end']);
});

test('once it is stopping nothing is reloaded', async () => {
  const { reload, applied } = world({ kind: 'settings', settings: settingsWith({ forward: 2 }) });
  await reload.end();
  expect(await reload.run()).toEqual({ kind: 'invalid', problems: ['Sentinel is stopping.'] });
  expect(applied).toEqual([]);
});
