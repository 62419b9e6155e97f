import { expect, test } from '@jest/globals';
import { SeriesState } from './series-state.ts';

function filled() {
  const state = new SeriesState(3);
  const wide = state.float32(4);
  const narrow = state.uint16();
  wide.fill(1.5);
  narrow.fill(7);
  return { state, wide, narrow };
}

test('clearing a slot leaves its neighbours alone', () => {
  const { state, wide, narrow } = filled();
  state.clear(1);
  expect([...wide]).toEqual([1.5, 1.5, 1.5, 1.5, 0, 0, 0, 0, 1.5, 1.5, 1.5, 1.5]);
  expect([...narrow]).toEqual([7, 0, 7]);
});

test('what is saved of one slot can be loaded into another', () => {
  const { state, wide, narrow } = filled();
  wide.set([1, 2, 3, 4], 0);
  const bytes = new Uint8Array(state.bytesPerSeries);
  expect(state.save(0, bytes, 0)).toBe(18);
  expect(state.load(2, bytes, 0)).toBe(18);
  expect([...wide.subarray(8)]).toEqual([1, 2, 3, 4]);
  expect(narrow[2]).toBe(7);
});
