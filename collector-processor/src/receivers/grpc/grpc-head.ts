import { type Compression } from '../../model/export-request.ts';
import { type Signal } from '../../model/signal.ts';
import { parseGrpcTimeout } from '../../runtime/grpc/timeout.ts';
import { type HeaderFields } from '../../runtime/http-headers.ts';
import { isLoop, VIA_HEADER } from '../../runtime/via.ts';
import { type ExchangeHead } from '../exchange.ts';
import { exportServices, type ExportService } from '../export-service.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { type IntakeCounters } from '../receiver-metrics.ts';
import { loopRefusal, refusal, type Refusal, type RefusalKind } from '../refusal.ts';

export interface GrpcHead extends ExchangeHead {
  readonly kind: 'head';
  /** What a message is compressed with, if its prefix says that it is. */
  readonly messageCompression: Compression;
}

interface GrpcRoute {
  readonly service: ExportService;
  readonly counters: IntakeCounters;
}

/** Routes by path. */
export type GrpcRoutes = ReadonlyMap<string, GrpcRoute>;

export function createGrpcRoutes({ metrics }: Pick<ReceiverContext, 'metrics'>): GrpcRoutes {
  return new Map(
    exportServices.map((service) => [service.grpcPath, { service, counters: metrics.intake('grpc', service.signal) }]),
  );
}

const knownPaths = exportServices.map(({ grpcPath }) => grpcPath).join(', ');
const compressions: Readonly<Record<string, Compression>> = { identity: 'identity', gzip: 'gzip', zstd: 'zstd' };

/** Not gRPC-Web, which frames its trailers otherwise, and no other codec than protobuf. */
export function isGrpc(contentType: string | undefined): boolean {
  if (contentType === 'application/grpc') return true;
  return /^application\/grpc(\+proto)?\s*(;|$)/.test(contentType ?? '');
}

export interface GrpcRefusal extends Refusal {
  readonly signal: Signal | 'none';
}

/** Reads each header once. Everything that can be refused without the body is refused here. */
export function readGrpcHead(
  context: ReceiverContext,
  routes: GrpcRoutes,
  headers: HeaderFields,
): GrpcHead | GrpcRefusal {
  const route = routes.get(headers[':path'] ?? '');
  const messageCompression = compressions[headers['grpc-encoding'] ?? 'identity'];
  const timeoutMs = timeoutOf(headers['grpc-timeout']);
  const refuse = (cause: RefusalKind, reason: string): GrpcRefusal => ({
    ...refusal(cause, reason),
    signal: route?.service.signal ?? 'none',
  });
  if (headers[':method'] !== 'POST' || !isGrpc(headers['content-type'])) {
    return refuse('unsupported', 'This port speaks OTLP/gRPC; OTLP/HTTP has a port of its own, 4318 by default.');
  }
  if (route === undefined) return refuse('unknown_path', `Known methods are ${knownPaths}.`);
  if (!context.isAuthorized(headers.authorization)) {
    return refuse('unauthenticated', 'A valid bearer token is needed in the authorization metadata.');
  }
  if (isLoop(headers[VIA_HEADER])) return refuse(loopRefusal.cause, loopRefusal.reason);
  if (messageCompression === undefined) return refuse('unsupported', 'Use the grpc-encoding identity, gzip or zstd.');
  if (timeoutMs === undefined) return refuse('malformed', 'The grpc-timeout is malformed.');
  return {
    kind: 'head',
    wire: 'grpc',
    service: route.service,
    counters: route.counters,
    encoding: 'protobuf',
    messageCompression,
    tenancy: context.readTenancy(headers),
    maxBytes: context.options.maxRequestSize,
    timeoutMs,
  };
}

function timeoutOf(header: string | undefined): number | undefined {
  return header === undefined ? Infinity : parseGrpcTimeout(header);
}
