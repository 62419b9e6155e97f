import { encodeMessage } from '../../src/model/otlp/encode.ts';
import { type Plain } from '../../src/model/otlp/plain-message.ts';
import { type Signal } from '../../src/model/signal.ts';
import { createRandom, type Random } from '../../src/testing/random.ts';
import { nano } from '../../src/testing/telemetry-builder-items.ts';
import { attributes, logsRequest, metricsRequest, traceRequest } from '../../src/testing/telemetry-builder.ts';

export interface BodyShape {
  /** Distinct bodies of each signal. */
  readonly bodies: number;
  readonly itemsPerBody: number;
  readonly seed: number;
  /** Between the times of two bodies; default one second. */
  readonly stepMs?: number;
}

const STARTED_AT_MS = Date.UTC(2026, 0, 1);
const SERVICES = 24;
const PODS = 4;

/** Bodies as services send them: one resource a body, 8 to 10 attributes an item, every id, time and value its own. */
export function buildBodies(signal: Signal, { bodies, itemsPerBody, seed, stepMs = 1000 }: BodyShape): Uint8Array[] {
  const random = createRandom(seed);
  return Array.from({ length: bodies }, (_, index) => {
    const items = Array.from({ length: itemsPerBody }, (__, item) => ({
      random,
      timeMs: STARTED_AT_MS + Math.floor(index * stepMs) + (item % 1000),
    }));
    const source = { resource: resourceOf(index), scope: `scope-${index % 7}` };
    if (signal === 'traces') return encodeMessage('ExportTraceServiceRequest', traceRequest(items.map(spanOf), source));
    if (signal === 'logs') return encodeMessage('ExportLogsServiceRequest', logsRequest(items.map(recordOf), source));
    return encodeMessage(
      'ExportMetricsServiceRequest',
      metricsRequest(metricsOf({ random, timeMs: index * stepMs }, index, itemsPerBody), source),
    );
  });
}

interface Moment {
  readonly random: Random;
  readonly timeMs: number;
}

function resourceOf(index: number) {
  return {
    'service.name': `service-${index % SERVICES}`,
    'service.namespace': 'shop',
    'service.version': '1.4.2',
    'service.instance.id': `instance-${index % (SERVICES * PODS)}`,
    'k8s.pod.name': `service-${index % SERVICES}-7f9c-${index % PODS}`,
    'k8s.namespace.name': 'shop',
    'host.name': `node-${index % 12}`,
    'deployment.environment.name': 'production',
  };
}

function spanOf({ random, timeMs }: Moment): Plain<'Span'> {
  const route = random.integer(40);
  const failed = random.oneIn(50);
  return {
    traceId: random.bytes(16),
    spanId: random.bytes(8),
    parentSpanId: random.bytes(8),
    name: `GET /api/v1/resource-${route}/{id}`,
    kind: random.pick([1, 2, 3]),
    startTimeUnixNano: nano(timeMs),
    endTimeUnixNano: nano(timeMs + random.next() * 200),
    attributes: attributes({
      'http.request.method': random.pick(['GET', 'POST', 'PUT']),
      'http.route': `/api/v1/resource-${route}/{id}`,
      'http.response.status_code': failed ? 500 : 200,
      'url.path': `/api/v1/resource-${route}/${random.integer(1e6)}`,
      'server.address': `service-${random.integer(SERVICES)}.shop.svc`,
      'server.port': 8080,
      'network.peer.address': `10.0.${random.integer(256)}.${random.integer(256)}`,
      'user_agent.original': 'shop-client/2.11 (linux)',
      'enduser.id': `user-${random.integer(1e6)}`,
      'thread.id': random.integer(200),
    }),
    status: failed ? { code: 2, message: 'upstream failed' } : {},
    flags: 0x101,
    ...(failed ? { events: [exceptionOf(timeMs)] } : {}),
  };
}

function exceptionOf(timeMs: number): Plain<'SpanEvent'> {
  return {
    timeUnixNano: nano(timeMs),
    name: 'exception',
    attributes: attributes({ 'exception.type': 'UpstreamError', 'exception.message': 'connection refused' }),
  };
}

function recordOf({ random, timeMs }: Moment): Plain<'LogRecord'> {
  const failed = random.oneIn(30);
  return {
    timeUnixNano: nano(timeMs),
    observedTimeUnixNano: nano(timeMs + 3),
    severityNumber: failed ? 17 : 9,
    severityText: failed ? 'ERROR' : 'INFO',
    body: {
      stringValue: `request ${random.integer(1e6)} to resource-${random.integer(40)} took ${random.integer(900)} ms, ${random.integer(9000)} bytes`,
    },
    attributes: attributes({
      'code.function.name': `handler${random.integer(30)}`,
      'code.file.path': '/srv/app/src/handlers/resource.ts',
      'code.line.number': random.integer(800),
      'thread.id': random.integer(200),
      'http.request.method': 'GET',
      'url.path': `/api/v1/resource-${random.integer(40)}`,
      'enduser.id': `user-${random.integer(1e6)}`,
      'log.iostream': 'stdout',
    }),
    traceId: random.bytes(16),
    spanId: random.bytes(8),
    flags: 1,
  };
}

/** Of each service, in metrics of 25 streams at most. */
const METRICS = 40;
const STREAMS = 25;

/**
 * A quarter gauges, a quarter delta histograms of 15 buckets, half cumulative sums that grow; the points of a body are
 * series of their own. The bodies of an instance take turns with its metrics: a thousand streams, and always the same ones.
 */
function metricsOf(moment: Moment, index: number, points: number): Plain<'Metric'>[] {
  const perMetric = Math.min(STREAMS, points);
  const count = Math.floor(points / perMetric);
  const first = Math.floor(index / (SERVICES * PODS)) * count;
  return Array.from({ length: count }, (_, place) => metricOf(moment, (first + place) % METRICS, perMetric));
}

function metricOf(moment: Moment, metric: number, points: number): Plain<'Metric'> {
  const { random, timeMs } = moment;
  const name = `shop.metric.${metric}`;
  const dataPoints = Array.from({ length: points }, (_, point) => pointOf(timeMs, metric, point));
  if (metric % 4 === 0)
    return {
      name,
      unit: 'ms',
      histogram: { dataPoints: dataPoints.map((base) => histogramOf(random, base)), aggregationTemporality: 1 },
    };
  const numbers = dataPoints.map((base) => ({ ...base, asDouble: random.next() * 1e6 }));
  if (metric % 4 === 1) return { name, unit: 'By', gauge: { dataPoints: numbers } };
  const growing = dataPoints.map((base) => ({ ...base, asDouble: timeMs * 1e6 + random.next() }));
  return { name, unit: '{request}', sum: { dataPoints: growing, aggregationTemporality: 2, isMonotonic: true } };
}

function pointOf(timeMs: number, metric: number, point: number) {
  return {
    startTimeUnixNano: nano(STARTED_AT_MS),
    timeUnixNano: nano(STARTED_AT_MS + timeMs),
    attributes: attributes({
      'http.request.method': point % 2 === 0 ? 'GET' : 'POST',
      'http.route': `/api/v1/resource-${point}/{id}`,
      'http.response.status_code': 200,
      'server.address': `service-${metric % SERVICES}.shop.svc`,
      'network.protocol.name': 'http',
      'network.protocol.version': '1.1',
      'url.scheme': 'https',
      'cache.state': point % 3 === 0 ? 'hit' : 'miss',
    }),
  };
}

function histogramOf(random: Random, base: Plain<'HistogramDataPoint'>): Plain<'HistogramDataPoint'> {
  const bucketCounts = Array.from({ length: 15 }, () => random.integer(1000));
  const explicitBounds = Array.from({ length: 14 }, (_, i) => 5 * 2 ** i);
  const count = bucketCounts.reduce((sum, each) => sum + each, 0);
  return { ...base, count, sum: count * 31, bucketCounts, explicitBounds, min: 1, max: 5000 };
}
