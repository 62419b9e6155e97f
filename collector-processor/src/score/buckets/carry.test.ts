import { expect, test } from '@jest/globals';
import { carryHeld, carryRow } from './carry.ts';
import { Frame } from './frame.ts';

function frameWith(values: readonly number[]): Frame {
  const frame = new Frame(4);
  const row = frame.row(2);
  const start = frame.binsOf(row, 4, 1);
  frame.bins.set(values, start);
  frame.heldEvents[row] = 3;
  frame.events[row] = 3;
  frame.total[row] = 30;
  frame.slowest[row] = 7;
  frame.slowTrace.fill(9, 0, 16);
  return frame;
}

test('what is held is added to what the next bucket has', () => {
  const from = frameWith([1, 2, 0, 0]);
  const to = frameWith([0, 1, 1, 0]);
  carryHeld(from, from.find(2), to, 2);
  const row = to.find(2);
  expect([to.heldEvents[row], to.carried[row], to.events[row]]).toEqual([6, 1, 3]);
  expect([...to.bins.subarray(0, 4)]).toEqual([1, 3, 1, 0]);
});

test('a whole row moves with its events and is not fresh where it arrives', () => {
  const from = frameWith([1, 2, 0, 0]);
  const to = new Frame(4);
  carryRow(from, from.find(2), to, 2);
  const row = to.find(2);
  expect([to.events[row], to.total[row], to.fresh[row], to.slowest[row], to.slowTrace[0]]).toEqual([3, 30, 0, 7, 9]);
});

test('a distribution of another shape stays behind', () => {
  const from = frameWith([1, 2, 0, 0]);
  const to = new Frame(4);
  to.binsOf(to.row(2), 4, 9);
  carryHeld(from, from.find(2), to, 2);
  expect([...to.bins.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
});

test('a frame grows beyond its first rows and bins', () => {
  const frame = new Frame(2000);
  for (let subject = 0; subject < 2000; subject++) {
    const row = frame.row(subject);
    frame.total[row] = subject;
    frame.bins[frame.binsOf(row, 8, 1)] = subject;
  }
  const row = frame.find(1999);
  expect([frame.rows, frame.total[row], frame.bins[(frame.binStart[row] ?? 0) - 1]]).toEqual([2000, 1999, 1999]);
});
