import { expect, test } from '@jest/globals';
import { ownInstanceId } from './own-instance.ts';
import { isLoop, viaWith } from './via.ts';

test.each([
  ['our own id', ownInstanceId],
  ['our own id among others', `a, ${ownInstanceId} ,b`],
  ['our own id in one of several headers', ['a', ownInstanceId]],
  ['more hops than anybody sets up', Array.from({ length: 16 }, (_none, hop) => `hop-${hop}`).join(',')],
])('%s is a loop', (_name, received) => {
  expect(isLoop(received)).toBe(true);
});

test.each([
  ['nothing', undefined],
  ['an empty header', ''],
  ['other Sentinels', 'a, b'],
  ['a part of our id', ownInstanceId.slice(1)],
])('%s is none', (_name, received) => {
  expect(isLoop(received)).toBe(false);
});

test('each Sentinel adds its id', () => {
  expect(viaWith(undefined)).toBe(ownInstanceId);
  expect(viaWith('a, b')).toBe(`a, b, ${ownInstanceId}`);
  expect(isLoop(viaWith('a'))).toBe(true);
});
