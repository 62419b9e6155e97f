/**
 * Calls `giveUp` after the time, once what has arrived by then is read. A process that was held up itself (no processor, a
 * suspended machine) finds answers waiting; taken for missing, their requests would be sent twice.
 */
export function whenTimeIsUp(timeoutMs: number, giveUp: () => void): NodeJS.Timeout {
  return setTimeout(() => setImmediate(giveUp), timeoutMs);
}
