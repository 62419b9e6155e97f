import type { Compression, Encoding } from '../../model/export-request.ts';
import type { Signal } from '../../model/signal.ts';

export type Protocol = 'http' | 'grpc';

/** What one kind of backend takes as it is received. Settings may narrow the lists, or widen them where a server can do more. */
export interface BackendType {
  readonly type: string;
  readonly signals: readonly Signal[];
  /** The first is the default. */
  readonly protocols: readonly Protocol[];
  /** HTTP paths below the endpoint. */
  readonly paths: Readonly<Record<Signal, string>>;
  /** Over HTTP; a gRPC request is always protobuf. */
  readonly encodings: readonly Encoding[];
  readonly compressions: readonly Compression[];
  /** Whether it answers 500 for troubles of its own that pass, in place of 503. */
  readonly serverErrorsPass: boolean;
  /** Whether a refusal only says that the request held no items, which OTLP counts as success. */
  readonly isEmptyRefusal: (status: number, reason: string) => boolean;
}

export const otlpPaths: Readonly<Record<Signal, string>> = {
  traces: '/v1/traces',
  metrics: '/v1/metrics',
  logs: '/v1/logs',
};

export function never(): boolean {
  return false;
}
