import { logsBytes } from '../../testing/telemetry-builder.ts';
import type { OutgoingRequest } from '../transport/transport.ts';

export const logsOf = (text: string): Uint8Array => logsBytes([{ body: { stringValue: text } }]);

/** Logs as they are handed to a transport, in parts. */
export function outgoing(
  parts: readonly Uint8Array[] = [logsOf('a')],
  changes: Partial<OutgoingRequest> = {},
): OutgoingRequest {
  const byteLength = parts.reduce((sum, part) => sum + part.length, 0);
  return { signal: 'logs', encoding: 'protobuf', compression: 'identity', parts, byteLength, headers: {}, ...changes };
}
