import { pointKinds, type PointColumns } from '../../model/columns.ts';
import { kindNumber } from '../subject-kinds.ts';

export const GAUGE = pointKinds.indexOf('gauge');
export const SUM = pointKinds.indexOf('sum');
const SUMMARY = pointKinds.indexOf('summary');
const gauge = kindNumber('gauge');
const sum = kindNumber('sum');
const histogram = kindNumber('histogram');
const summary = kindNumber('summary');

/** Kind of the subject that a point counts for; a sum that may fall is a level like a gauge. */
export function kindOf({ kind, monotonic }: PointColumns, i: number): number {
  if (kind[i] === GAUGE || (kind[i] === SUM && monotonic[i] === 0)) return gauge;
  if (kind[i] === SUM) return sum;
  return kind[i] === SUMMARY ? summary : histogram;
}
