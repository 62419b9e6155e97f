import type { ExportHandler, ExportOutcome, ExportRequest } from '../model/export-request.ts';
import { withSpan } from '../runtime/tracing.ts';

/** The handler with a span around each request, for those who watch Sentinel itself. Which are kept is the SDK's choice. */
export function traced(handle: ExportHandler): ExportHandler {
  return (request) =>
    withSpan('export request', attributesOf(request), async (span) => {
      const outcome: ExportOutcome = await handle(request);
      span.setAttribute('sentinel.outcome', outcome.kind);
      return outcome;
    });
}

function attributesOf({ signal, wire, encoding, compression, body }: ExportRequest) {
  return {
    'sentinel.signal': signal,
    'sentinel.wire': wire,
    'sentinel.encoding': encoding,
    'sentinel.compression': compression,
    'sentinel.body.size': body.byteLength,
  };
}
