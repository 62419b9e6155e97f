import { type Compression, type Encoding } from '../../model/export-request.ts';
import { type Signal } from '../../model/signal.ts';
import { type RequestHead } from '../../runtime/http1/request-head.ts';
import { isLoop, VIA_HEADER } from '../../runtime/via.ts';
import { type ExchangeHead } from '../exchange.ts';
import { exportServices, type ExportService } from '../export-service.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { type IntakeCounters } from '../receiver-metrics.ts';
import { loopRefusal, refusal, type Refusal } from '../refusal.ts';

export interface HttpHead extends ExchangeHead {
  readonly kind: 'head';
  readonly compression: Compression;
  /** Bytes that are announced; -1 for a chunked body. */
  readonly contentLength: number;
}

export interface HttpRefusal extends Refusal {
  readonly signal: Signal | 'none';
  /** Of the answer: the request's own where that is known, otherwise JSON, for a person. */
  readonly encoding: Encoding;
}

interface HttpRoute {
  readonly service: ExportService;
  readonly counters: IntakeCounters;
}

/** Routes by path. */
export type HttpRoutes = ReadonlyMap<string, HttpRoute>;

export function createHttpRoutes({ metrics }: Pick<ReceiverContext, 'metrics'>): HttpRoutes {
  return new Map(
    exportServices.map((service) => [service.httpPath, { service, counters: metrics.intake('http', service.signal) }]),
  );
}

const encodings: Readonly<Record<string, Encoding>> = {
  'application/x-protobuf': 'protobuf',
  'application/json': 'json',
};
const compressions: Readonly<Record<string, Compression>> = {
  '': 'identity',
  identity: 'identity',
  gzip: 'gzip',
  zstd: 'zstd',
};

/** Reads each header once. Everything that can be refused without the body is refused here. */
export function readHttpHead(
  context: ReceiverContext,
  routes: HttpRoutes,
  request: RequestHead,
): HttpHead | HttpRefusal {
  const { headers, framing } = request;
  const encoding = encodingOf(headers['content-type']);
  const route = routes.get(pathOf(request.target));
  const refuse = (refused: Refusal): HttpRefusal => ({
    ...refused,
    signal: route?.service.signal ?? 'none',
    encoding: encoding ?? 'json',
  });
  if (route === undefined) {
    return refuse(refusal('unknown_path', 'OTLP/HTTP is served at /v1/traces, /v1/metrics and /v1/logs.'));
  }
  if (request.method !== 'POST') return refuse(refusal('unknown_method', 'Send telemetry with POST.'));
  if (!context.isAuthorized(headers.authorization)) {
    return refuse(refusal('unauthenticated', 'A valid bearer token is needed in the Authorization header.'));
  }
  if (isLoop(headers[VIA_HEADER])) return refuse(loopRefusal);
  if (encoding === undefined) {
    return refuse(refusal('unsupported', 'The Content-Type must be application/x-protobuf or application/json.'));
  }
  const compression = compressions[headers['content-encoding']?.toLowerCase() ?? ''];
  if (compression === undefined) {
    return refuse(refusal('unsupported', 'The Content-Encoding must be identity, gzip or zstd.'));
  }
  const { maxRequestSize, maxJsonSize } = context.options;
  return {
    kind: 'head',
    wire: 'http',
    service: route.service,
    counters: route.counters,
    encoding,
    compression,
    contentLength: framing.kind === 'length' ? framing.bytes : -1,
    tenancy: context.readTenancy(headers),
    maxBytes: encoding === 'json' ? Math.min(maxJsonSize, maxRequestSize) : maxRequestSize,
    timeoutMs: Infinity,
  };
}

function encodingOf(contentType: string | undefined): Encoding | undefined {
  if (contentType === undefined) return undefined;
  return encodings[contentType] ?? encodings[(contentType.split(';')[0] ?? '').trim().toLowerCase()];
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
