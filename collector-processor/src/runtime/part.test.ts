import { expect, test } from '@jest/globals';
import type { Service } from './lifecycle.ts';
import { createPart } from './part.ts';

interface Settings {
  readonly port: number;
  readonly other: string;
}

function world(exclusive: boolean) {
  const events: string[] = [];
  const make = ({ port }: Settings): Service & { readonly port: number } => ({
    name: 'part',
    port,
    start() {
      if (port === 666) return Promise.reject(new Error('taken'));
      events.push(`start ${port}`);
      return Promise.resolve();
    },
    stop() {
      events.push(`stop ${port}`);
      return Promise.resolve();
    },
  });
  const part = createPart(
    { name: 'part', reads: ({ port }: Settings) => port, make, exclusive },
    { port: 1, other: '' },
  );
  return { part, events };
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

test.each([true, false])(
  'when the new one cannot start, the old settings stay in force (exclusive: %s)',
  async (exclusive) => {
    const { part, events } = world(exclusive);
    await part.start();
    await expect(part.apply({ port: 666, other: '' })).rejects.toThrow('taken');
    expect(part.current.port).toBe(1);
    expect(events.at(-1)).toBe('start 1');
    await part.apply({ port: 3, other: '' });
    expect(part.current.port).toBe(3);
  },
);
