import type { Frame } from './frame.ts';
import { copyTrace, hasTrace } from './trace-ids.ts';

/** Takes what is held for a verdict on latency and failures along to the next bucket. */
export function carryHeld(from: Frame, row: number, to: Frame, subject: number): void {
  const target = to.carry(subject);
  to.heldEvents[target] = (to.heldEvents[target] as number) + (from.heldEvents[row] as number);
  to.heldFailures[target] = (to.heldFailures[target] as number) + (from.heldFailures[row] as number);
  to.heldWeight[target] = (to.heldWeight[target] as number) + (from.heldWeight[row] as number);
  to.heldFailedWeight[target] = (to.heldFailedWeight[target] as number) + (from.heldFailedWeight[row] as number);
  to.carried[target] = (from.carried[row] as number) + 1;
  carryBins(from, row, to, target);
  if (!hasTrace(to.failedTrace, target)) copyTrace(from.failedTrace, row, to.failedTrace, target);
  if ((from.slowest[row] as number) <= (to.slowest[target] as number)) return;
  to.slowest[target] = from.slowest[row] as number;
  copyTrace(from.slowTrace, row, to.slowTrace, target);
}

/** Takes a whole row along: the series' step is not over yet. */
export function carryRow(from: Frame, row: number, to: Frame, subject: number): void {
  carryHeld(from, row, to, subject);
  const target = to.carry(subject);
  to.events[target] = (to.events[target] as number) + (from.events[row] as number);
  to.total[target] = (to.total[target] as number) + (from.total[row] as number);
  to.seconds[target] = (to.seconds[target] as number) + (from.seconds[row] as number);
  to.sum[target] = (to.sum[target] as number) + (from.sum[row] as number);
  to.members[target] = (to.members[target] as number) + (from.members[row] as number);
}

/** Rows whose distributions have different shapes cannot be added; the newer one stays. */
function carryBins(from: Frame, row: number, to: Frame, target: number): void {
  const start = (from.binStart[row] as number) - 1;
  if (start < 0) return;
  const count = from.binCount[row] as number;
  const at = to.binsOf(target, count, from.shape[row] as number);
  if (at < 0) return;
  for (let i = 0; i < count; i++) to.bins[at + i] = (to.bins[at + i] as number) + (from.bins[start + i] as number);
}
