import { type Plain } from '../model/otlp/plain-message.ts';
import { attributes, type Attributes } from './telemetry-builder.ts';

/** 2026-01-01T00:00:00Z, the time of every built item that names none. */
export const builtAtMs = Date.UTC(2026, 0, 1);

/** Milliseconds since the epoch as OTLP's nanoseconds. */
export function nano(ms: number): string {
  return String(BigInt(Math.round(ms * 1000)) * 1000n);
}

export interface SpanOptions extends Omit<Plain<'Span'>, 'attributes'> {
  readonly attributes?: Attributes;
  readonly endMs?: number;
  readonly durationMs?: number;
}

/** A server span of 20 ms that ended at `endMs`. */
export function span(options: SpanOptions = {}): Plain<'Span'> {
  const { attributes: values = {}, endMs = builtAtMs, durationMs = 20, ...fields } = options;
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    name: 'GET /cart',
    kind: 2,
    startTimeUnixNano: nano(endMs - durationMs),
    endTimeUnixNano: nano(endMs),
    attributes: attributes(values),
    ...fields,
  };
}

export interface NumberOptions {
  readonly value: number;
  readonly timeMs?: number;
  readonly startMs?: number;
  readonly attributes?: Attributes;
}

export function numberPoint(options: NumberOptions): Plain<'NumberDataPoint'> {
  const { value, timeMs = builtAtMs, startMs, attributes: values = {} } = options;
  return {
    timeUnixNano: nano(timeMs),
    asDouble: value,
    attributes: attributes(values),
    ...(startMs === undefined ? {} : { startTimeUnixNano: nano(startMs) }),
  };
}

export function gauge(name: string, points: readonly NumberOptions[], unit = '1'): Plain<'Metric'> {
  return { name, unit, gauge: { dataPoints: points.map(numberPoint) } };
}

/** A cumulative monotonic sum. */
export function counter(name: string, points: readonly NumberOptions[], unit = '1'): Plain<'Metric'> {
  return {
    name,
    unit,
    sum: { dataPoints: points.map(numberPoint), aggregationTemporality: 2, isMonotonic: true },
  };
}

export interface LogOptions extends Omit<Plain<'LogRecord'>, 'attributes' | 'body'> {
  readonly attributes?: Attributes;
  readonly body?: string | Plain<'AnyValue'>;
  readonly timeMs?: number;
}

/** An INFO record. */
export function logRecord(options: LogOptions = {}): Plain<'LogRecord'> {
  const { attributes: values = {}, body = 'order placed', timeMs = builtAtMs, ...fields } = options;
  return {
    timeUnixNano: nano(timeMs),
    severityNumber: 9,
    severityText: 'INFO',
    body: typeof body === 'string' ? { stringValue: body } : body,
    attributes: attributes(values),
    ...fields,
  };
}
