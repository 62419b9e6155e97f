/**
 * A finding's trace has two spans whose ids follow from the finding's own (32 hex digits), so that a record written at the
 * start points to the span that is written at the end.
 */
const NO_SPAN = /^0+$/;
const TRACE_ID = /^[0-9a-f]{32}$/;

/** Those of the given ids that are trace ids; what telemetry brings may be anything. */
export function traceIds(ids: readonly string[], limit: number): string[] {
  return ids.filter((id) => TRACE_ID.test(id)).slice(0, limit);
}

export function findingSpanId(findingId: string): string {
  const id = findingId.slice(0, 16);
  return NO_SPAN.test(id) ? '0000000000000001' : id;
}

export function detectionSpanId(findingId: string): string {
  const id = findingId.slice(16, 32);
  return NO_SPAN.test(id) || id === findingSpanId(findingId) ? '0000000000000002' : id;
}
