import { subscribe } from 'node:diagnostics_channel';
import { gunzipSync } from 'node:zlib';
import { idsIn } from './ids.ts';

export interface Unanswered {
  /** `http://host:port` of the backend. */
  readonly origin: string;
  readonly ids: readonly string[];
}

/** Of a message on undici's channel what is needed here. */
interface FailedRequest {
  readonly request: { readonly origin: string | URL; readonly body: unknown };
  readonly error: Error;
}

/**
 * Tells of each request that was given up for want of an answer. Whether the backend took it, nobody here knows: that it
 * is sent again, and then stands there twice, is no fault.
 */
export function watchUnanswered(tell: (unanswered: Unanswered) => void): void {
  subscribe('undici:request:error', (message) => {
    const { request, error } = message as FailedRequest;
    if (!error.message.startsWith('The backend took too long')) return;
    if (!(request.body instanceof Uint8Array)) return;
    const isGzip = request.body[0] === 0x1f && request.body[1] === 0x8b;
    tell({ origin: String(request.origin), ids: idsIn(isGzip ? gunzipSync(request.body) : request.body) });
  });
}
