import { describe, expect, test } from '@jest/globals';
import type { Service } from './lifecycle.ts';
import { createPart, type PartSpec } from './part.ts';
import { createSelfMetrics, type SelfMetrics } from './self-metrics.ts';

interface Settings {
  readonly port: number;
  readonly other: string;
}

function world(exclusive: PartSpec<Settings, Service>['exclusive']) {
  const events: string[] = [];
  const metrics = createSelfMetrics();
  const make = ({ port }: Settings, own: SelfMetrics): Service & { readonly port: number } => {
    own.counter({ name: 'made_total', help: 'Made.' }).add(1);
    own.gauge({ name: 'port', help: 'Port.' }, () => port);
    own.gauge({ name: 'open', help: 'Open.', labels: { port: String(port) } }, () => 1);
    if (port === 667) throw new Error('no such port');
    return {
      name: 'part',
      port,
      start() {
        if (port === 666 || port === 665) return Promise.reject(new Error('taken'));
        events.push(`start ${port}`);
        return Promise.resolve();
      },
      stop() {
        events.push(`stop ${port}`);
        return port === 665 ? Promise.reject(new Error('stuck')) : Promise.resolve();
      },
    };
  };
  const part = createPart(
    { name: 'part', reads: ({ port }: Settings) => port, make, metrics, exclusive },
    { port: 1, other: '' },
  );
  const shown = () => metrics.samples().map(({ name, labels, value }) => `${name}${labels['port'] ?? ''}=${value}`);
  return { part, events, shown };
}

test('settings that a part does not read leave it alone', async () => {
  const { part, events } = world(false);
  await part.start();
  await part.apply({ port: 1, other: 'changed' });
  expect(events).toEqual(['start 1']);
});

test('a shared part is exchanged without a gap', async () => {
  const { part, events } = world(false);
  await part.start();
  await part.apply({ port: 2, other: '' });
  expect(events).toEqual(['start 1', 'start 2', 'stop 1']);
  expect(part.current.port).toBe(2);
});

test('an exclusive part lets go before its successor begins', async () => {
  const { part, events } = world(true);
  await part.start();
  await part.apply({ port: 2, other: '' });
  expect(events).toEqual(['start 1', 'stop 1', 'start 2']);
});

test('a part may be exclusive for some settings only', async () => {
  const { part, events } = world((now, next) => now.port === next.port - 1);
  await part.start();
  await part.apply({ port: 2, other: '' });
  await part.apply({ port: 9, other: '' });
  expect(events).toEqual(['start 1', 'stop 1', 'start 2', 'start 9', 'stop 2']);
});

test.each([true, false])(
  'when the new one cannot start, the old settings stay in force (exclusive: %s)',
  async (exclusive) => {
    const { part, events } = world(exclusive);
    await part.start();
    await expect(part.apply({ port: 666, other: '' })).rejects.toThrow('taken');
    expect(part.current.port).toBe(1);
    expect(events).toEqual(exclusive ? ['start 1', 'stop 1', 'stop 666', 'start 1'] : ['start 1', 'stop 666']);
    await part.apply({ port: 3, other: '' });
    expect(part.current.port).toBe(3);
  },
);

test('one that neither starts nor stops is told with both reasons', async () => {
  const { part } = world(false);
  await part.start();
  await expect(part.apply({ port: 665, other: '' })).rejects.toThrow(/taken.*stuck/);
  expect(part.current.port).toBe(1);
});

describe.each([true, false])('metrics of a part (exclusive: %s)', (exclusive) => {
  test('are those of the one in force; counters go on', async () => {
    const { part, shown } = world(exclusive);
    await part.start();
    await part.apply({ port: 2, other: '' });
    expect(shown()).toEqual(['made_total=2', 'port=2', 'open2=1']);
  });

  test.each([666, 667])('are left alone by one that cannot start (%d)', async (port) => {
    const { part, shown } = world(exclusive);
    await part.start();
    await expect(part.apply({ port, other: '' })).rejects.toThrow(/taken|no such port/);
    expect(shown()).toEqual(expect.arrayContaining(['port=1', 'open1=1']));
    expect(shown()).toHaveLength(3);
  });

  test('go with it when it stops', async () => {
    const { part, shown } = world(exclusive);
    await part.start();
    await part.stop();
    expect(shown()).toEqual([]);
  });
});
