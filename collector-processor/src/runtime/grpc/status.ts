/** gRPC's status codes, by the names of the protocol. */
export const GrpcStatus = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

export type GrpcStatusName = keyof typeof GrpcStatus;
export type GrpcStatusCode = (typeof GrpcStatus)[GrpcStatusName];

const names = Object.keys(GrpcStatus) as GrpcStatusName[];

/** `8` → `RESOURCE_EXHAUSTED`; a number outside the table → `UNKNOWN`. */
export function grpcStatusName(code: number): GrpcStatusName {
  return names[code] ?? 'UNKNOWN';
}

/** The `grpc-status` trailer; anything but a number of the table counts as UNKNOWN, as the protocol asks. */
export function parseGrpcStatus(text: string | undefined): GrpcStatusCode {
  const name = /^\d{1,2}$/.test(text ?? '') ? names[Number(text)] : undefined;
  return GrpcStatus[name ?? 'UNKNOWN'];
}

const codeOfHttpStatus: Readonly<Record<number, GrpcStatusCode>> = {
  400: GrpcStatus.INTERNAL,
  401: GrpcStatus.UNAUTHENTICATED,
  403: GrpcStatus.PERMISSION_DENIED,
  404: GrpcStatus.UNIMPLEMENTED,
  429: GrpcStatus.UNAVAILABLE,
  502: GrpcStatus.UNAVAILABLE,
  503: GrpcStatus.UNAVAILABLE,
  504: GrpcStatus.UNAVAILABLE,
};

/** What a client makes of an answer without `grpc-status`, for example from a proxy (gRPC's http-grpc-status-mapping). */
export function grpcStatusOfHttp(httpStatus: number): GrpcStatusCode {
  return codeOfHttpStatus[httpStatus] ?? GrpcStatus.UNKNOWN;
}

const retryableByOtlp: ReadonlySet<GrpcStatusCode> = new Set([
  GrpcStatus.CANCELLED,
  GrpcStatus.DEADLINE_EXCEEDED,
  GrpcStatus.ABORTED,
  GrpcStatus.OUT_OF_RANGE,
  GrpcStatus.UNAVAILABLE,
  GrpcStatus.DATA_LOSS,
]);

/** OTLP 1.11, "Failures": RESOURCE_EXHAUSTED is retryable only when the server states when to come back (RetryInfo). */
export function isRetryableByOtlp(code: GrpcStatusCode, hasRetryInfo: boolean): boolean {
  return retryableByOtlp.has(code) || (code === GrpcStatus.RESOURCE_EXHAUSTED && hasRetryInfo);
}
