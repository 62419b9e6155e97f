import { logsBytes } from '../../src/testing/telemetry-builder.ts';

/** A request for log records, one for each id. */
export function requestWith(ids: readonly string[]): Uint8Array {
  return logsBytes(ids.map((id) => ({ body: { stringValue: `<${id}>` } })));
}

export function idsIn(payload: Uint8Array): string[] {
  return [
    ...Buffer.from(payload)
      .toString('latin1')
      .matchAll(/<([0-9a-z-]+)>/g),
  ].flatMap(([, id]) => id ?? []);
}
