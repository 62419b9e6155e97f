import { GrpcStatus, type GrpcStatusCode } from '../../runtime/grpc/status.ts';

/**
 * What the sink does with one request. Statuses are HTTP's; over gRPC each becomes the code that the OTLP specification
 * pairs it with, and `retryAfterS` becomes a RetryInfo.
 */
export type SinkAnswer =
  | { readonly kind: 'ok' }
  | { readonly kind: 'partial'; readonly rejected: number; readonly message: string }
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Of the google.rpc.Status, in the encoding of the request. */
      readonly message?: string;
      readonly retryAfterS?: number;
      /** HTTP only: sent as plain text instead of the Status, as VictoriaMetrics and Loki do. */
      readonly text?: string;
      readonly grpcStatus?: GrpcStatusCode;
    }
  /** Reads the request and says nothing. `stored`: keeps it all the same, so that the sender cannot know. */
  | { readonly kind: 'hang'; readonly stored?: boolean }
  /** Breaks the connection (HTTP) or the stream (gRPC) instead of answering. */
  | { readonly kind: 'reset'; readonly stored?: boolean }
  | { readonly kind: 'slow'; readonly delayMs: number; readonly then?: Exclude<SinkAnswer, { kind: 'slow' }> };

export const ok: SinkAnswer = { kind: 'ok' };

/** Whether the request counts as taken. */
export function stores(answer: SinkAnswer): boolean {
  switch (answer.kind) {
    case 'ok':
    case 'partial':
      return true;
    case 'status':
      return answer.status >= 200 && answer.status < 300;
    case 'hang':
    case 'reset':
      return answer.stored === true;
    case 'slow':
      return stores(answer.then ?? ok);
  }
}

const grpcStatusOf: Readonly<Record<number, GrpcStatusCode>> = {
  400: GrpcStatus.INVALID_ARGUMENT,
  401: GrpcStatus.UNAUTHENTICATED,
  403: GrpcStatus.PERMISSION_DENIED,
  404: GrpcStatus.UNIMPLEMENTED,
  413: GrpcStatus.RESOURCE_EXHAUSTED,
  429: GrpcStatus.RESOURCE_EXHAUSTED,
  500: GrpcStatus.INTERNAL,
  502: GrpcStatus.UNAVAILABLE,
  503: GrpcStatus.UNAVAILABLE,
  504: GrpcStatus.UNAVAILABLE,
};

export function grpcStatusForHttp(status: number): GrpcStatusCode {
  return status < 300 ? GrpcStatus.OK : (grpcStatusOf[status] ?? GrpcStatus.UNKNOWN);
}
