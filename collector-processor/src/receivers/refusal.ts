import { type PartialSuccess } from '../model/export-request.ts';
import { type GatherResult } from '../runtime/body-buffer.ts';
import { GrpcStatus, type GrpcStatusCode } from '../runtime/grpc/status.ts';
import { type Shortage } from './byte-budget.ts';

interface RefusalStatus {
  readonly http: number;
  readonly grpc: GrpcStatusCode;
  /** Whether the sender is told when to come back. */
  readonly throttles?: true;
}

/**
 * Every way to say no, on both wires. What a sender may try again must map to a code that OTLP calls retryable, because a
 * compliant client drops the telemetry on any other: that is why a slow sender gets 503 and not 408, and a bug 503 and not 500.
 */
const statuses = {
  malformed: { http: 400, grpc: GrpcStatus.INVALID_ARGUMENT },
  unauthenticated: { http: 401, grpc: GrpcStatus.UNAUTHENTICATED },
  /** The request has come back to the Sentinel that forwarded it. */
  loop: { http: 508, grpc: GrpcStatus.PERMISSION_DENIED },
  forbidden: { http: 403, grpc: GrpcStatus.PERMISSION_DENIED },
  unknown_path: { http: 404, grpc: GrpcStatus.UNIMPLEMENTED },
  unknown_method: { http: 405, grpc: GrpcStatus.UNIMPLEMENTED },
  too_large: { http: 413, grpc: GrpcStatus.RESOURCE_EXHAUSTED },
  unsupported: { http: 415, grpc: GrpcStatus.UNIMPLEMENTED },
  /** The connection's share of the bytes in flight is used up. */
  connection_full: { http: 429, grpc: GrpcStatus.UNAVAILABLE, throttles: true },
  /** All bytes in flight are used up. */
  full: { http: 503, grpc: GrpcStatus.UNAVAILABLE, throttles: true },
  /** A backend broke off with a fault of its own, which only the sender may answer with a repeat. */
  backend_failed: { http: 502, grpc: GrpcStatus.UNAVAILABLE, throttles: true },
  /** A backend cannot take it now. */
  unavailable: { http: 503, grpc: GrpcStatus.UNAVAILABLE, throttles: true },
  stopping: { http: 503, grpc: GrpcStatus.UNAVAILABLE, throttles: true },
  slow: { http: 503, grpc: GrpcStatus.DEADLINE_EXCEEDED },
  deadline: { http: 504, grpc: GrpcStatus.DEADLINE_EXCEEDED },
  /** A bug of ours. */
  fault: { http: 503, grpc: GrpcStatus.UNAVAILABLE, throttles: true },
} as const satisfies Readonly<Record<string, RefusalStatus>>;

export type RefusalKind = keyof typeof statuses;

export const refusalKinds = Object.keys(statuses) as RefusalKind[];

export interface Refusal {
  readonly kind: 'refused';
  readonly cause: RefusalKind;
  /** A sentence for a person: what is wrong and what to do. */
  readonly reason: string;
  /** Overrides the setting `retry_after`. */
  readonly retryAfterMs?: number;
}

export type Reply = { readonly kind: 'accepted'; readonly partial?: PartialSuccess } | Refusal;

export function refusal(cause: RefusalKind, reason: string): Refusal {
  return { kind: 'refused', cause, reason };
}

/** Permanent: whoever sent it would send it again and again. */
export const loopRefusal = refusal(
  'loop',
  'SENTINEL_FORWARD_LOOP: this Sentinel has forwarded the request itself; a backend of its settings leads back to it.',
);

/** A body that was too much: for its own cap, or for the bytes in flight. */
export function gatherRefusal(result: Exclude<GatherResult, 'ok'>, maxBytes: number, shortage: Shortage): Refusal {
  if (result === 'too_large') {
    return refusal('too_large', `The request is larger than ${maxBytes} bytes; send smaller batches.`);
  }
  return shortage === 'too_large'
    ? refusal('too_large', 'The request needs more bytes than may be in flight; send smaller batches.')
    : refusal(shortage, 'Too many bytes are in flight; send again later.');
}

export function statusOf(cause: RefusalKind): RefusalStatus {
  return statuses[cause];
}
