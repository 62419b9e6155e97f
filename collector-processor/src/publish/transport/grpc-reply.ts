import type { Signal } from '../../model/signal.ts';
import { retryAfterMsOf, STATUS_DETAILS_HEADER } from '../../runtime/grpc/status-details.ts';
import { decodeStatusMessage } from '../../runtime/grpc/status-message.ts';
import {
  GrpcStatus,
  type GrpcStatusCode,
  grpcStatusName,
  grpcStatusOfHttp,
  isRetryableByOtlp,
  parseGrpcStatus,
} from '../../runtime/grpc/status.ts';
import { readPartialSuccess } from './partial-success.ts';
import type { SendOutcome } from './transport.ts';

/** Headers and trailers of one unary call, the latter laid over the former: an answer without a message has only one block. */
export type GrpcFields = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface GrpcReply {
  readonly signal: Signal;
  readonly httpStatus: number;
  readonly fields: GrpcFields;
  /** The response message; empty when none came. */
  readonly message: Uint8Array;
}

/**
 * Refusals by the HTTP status that OTLP pairs with the code; any other code stands as 400. INTERNAL and UNKNOWN, also what a
 * proxy makes that speaks no gRPC, are a fault on the other side.
 */
const httpStatusOf: Readonly<Partial<Record<GrpcStatusCode, number>>> = {
  [GrpcStatus.UNAUTHENTICATED]: 401,
  [GrpcStatus.PERMISSION_DENIED]: 403,
  [GrpcStatus.UNIMPLEMENTED]: 404,
  [GrpcStatus.RESOURCE_EXHAUSTED]: 413,
  [GrpcStatus.INTERNAL]: 500,
  [GrpcStatus.UNKNOWN]: 500,
};

/** OTLP 1.11, "OTLP/gRPC Response" and "OTLP/gRPC Throttling". */
export function readGrpcReply({ signal, httpStatus, fields, message }: GrpcReply): SendOutcome {
  const code = statusOf(httpStatus, fields);
  if (code === GrpcStatus.OK) {
    const partial = readPartialSuccess(signal, 'protobuf', message);
    return partial === undefined ? { kind: 'delivered' } : { kind: 'delivered', partial };
  }
  const detail = decodeStatusMessage(textOf(fields['grpc-message']) ?? '');
  const reason = `gRPC ${grpcStatusName(code)}${detail === '' ? '' : `: ${detail.slice(0, 400)}`}`;
  const retryAfterMs = retryAfterMsOf(textOf(fields[STATUS_DETAILS_HEADER]));
  if (!isRetryableByOtlp(code, retryAfterMs !== undefined)) {
    return { kind: 'refused', reason, status: httpStatusOf[code] ?? 400 };
  }
  const outcome = { kind: 'retry', reason, throttled: code === GrpcStatus.RESOURCE_EXHAUSTED } as const;
  return retryAfterMs === undefined ? outcome : { ...outcome, retryAfterMs };
}

function statusOf(httpStatus: number, fields: GrpcFields): GrpcStatusCode {
  const text = textOf(fields['grpc-status']);
  if (text !== undefined) return parseGrpcStatus(text);
  return httpStatus === 200 ? GrpcStatus.UNKNOWN : grpcStatusOfHttp(httpStatus);
}

function textOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value[0] : value;
}
