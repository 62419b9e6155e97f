import { expect, test } from '@jest/globals';
import { settled } from '../testing/scripted-transport.ts';
import { ReplayRoom } from './replay-room.ts';

function bench(maxBytes: number) {
  const room = new ReplayRoom(maxBytes);
  const opened: string[] = [];
  const begin = async (name: string, bytes: number) => {
    const end = Promise.withResolvers<undefined>();
    const used = room.use(async (hold) => {
      opened.push(name);
      await settled();
      hold(bytes);
      await end.promise;
    });
    await settled();
    return async (error?: Error) => {
      if (error === undefined) end.resolve(undefined);
      else end.reject(error);
      await used.catch(() => undefined);
      await settled();
    };
  };
  return { opened, begin };
}

test('as many are open as fit, and the next one when there is room, in order', async () => {
  const { opened, begin } = bench(100);
  const ends = [await begin('a', 60), await begin('b', 60), await begin('c', 10), await begin('d', 10)];
  expect(opened).toEqual(['a', 'b']);
  await ends[0]!();
  expect(opened).toEqual(['a', 'b', 'c', 'd']);
});

test('one that is larger than the room is open alone', async () => {
  const { opened, begin } = bench(100);
  const end = await begin('large', 5000);
  await begin('next', 1);
  expect(opened).toEqual(['large']);
  await end();
  expect(opened).toEqual(['large', 'next']);
});

test('one that fails, before or after its bytes are known, gives them back', async () => {
  const { opened, begin } = bench(100);
  const end = await begin('a', 100);
  await begin('b', 1);
  await end(new Error('no'));
  expect(opened).toEqual(['a', 'b']);
  const room = new ReplayRoom(1);
  await expect(room.use(() => Promise.reject(new Error('unreadable')))).rejects.toThrow('unreadable');
  expect(await room.use(() => Promise.resolve('next'))).toBe('next');
});
