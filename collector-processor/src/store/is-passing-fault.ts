import { codeOf } from '../runtime/errors.ts';

/** Primary result codes of SQLite that may be gone a second later: busy, locked, input/output error, disk full. */
const passingResults = new Set([5, 6, 10, 13]);
/** SQLSTATE classes of PostgreSQL: connection lost, out of resources, stopped by an operator, serialisation or deadlock. */
const passingClasses = /^(08|53|57|40)/;

/** Whether the same statement may succeed later. */
export function isPassingFault(error: unknown): boolean {
  if (typeof error === 'object' && error !== null && 'errcode' in error) {
    return passingResults.has(Number(error.errcode) & 0xff);
  }
  return passingClasses.test(codeOf(error));
}
