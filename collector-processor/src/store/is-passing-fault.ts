import { codeOf, messageOf } from '../runtime/errors.ts';

/** Primary result codes of SQLite that may be gone a second later: busy, locked, input/output error, disk full. */
const passingResults = new Set([5, 6, 10, 13]);
/**
 * SQLSTATE classes of PostgreSQL: connection lost, out of resources, stopped by an operator, serialisation or deadlock; and
 * 25006, a server that has become read-only because another took its place, and 25P03, a transaction that slept too long.
 */
const passingStates = /^(?:08|53|57|40|25006|25P03)/;
/** What Node and the driver say when there is no server to say anything. */
const unreachable = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;
const connectionEnded =
  /connection terminated|not queryable|timeout exceeded when trying to connect|query read timeout/i;

/** Whether the same statement may succeed later. */
export function isPassingFault(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('errcode' in error) return passingResults.has(Number(error.errcode) & 0xff);
  if (codeOf(error) === 'SENTINEL_STORE_BUSY') return true;
  const code = 'sqlState' in error ? String(error.sqlState) : codeOf(error);
  return passingStates.test(code) || unreachable.test(code) || connectionEnded.test(messageOf(error));
}
