import type { Plain } from '../../../src/model/otlp/plain-message.ts';
import type { Signal } from '../../../src/model/signal.ts';
import { logRecord, span, type SpanOptions } from '../../../src/testing/telemetry-builder-items.ts';
import { type Attributes, logsBytes, metricsBytes, traceBytes } from '../../../src/testing/telemetry-builder.ts';

export interface Export {
  readonly signal: Signal;
  readonly bytes: Uint8Array;
}

type Severity = 'INFO' | 'WARN' | 'ERROR';
const severityNumbers = { INFO: 9, WARN: 13, ERROR: 17 } as const;

/** What one instance has to tell, until it is exported. */
export class Outbox {
  readonly #resource: Attributes;
  #spans: Plain<'Span'>[] = [];
  #lines: Plain<'LogRecord'>[] = [];
  #metrics: Plain<'Metric'>[] = [];
  #served = 0;

  constructor(resource: Attributes) {
    this.#resource = resource;
  }

  span(options: SpanOptions): void {
    this.#spans.push(span(options));
  }

  line(severity: Severity, body: string, timeMs: number): void {
    this.#lines.push(logRecord({ body, timeMs, severityText: severity, severityNumber: severityNumbers[severity] }));
  }

  metric(metric: Plain<'Metric'>): void {
    this.#metrics.push(metric);
  }

  served(): void {
    this.#served += 1;
  }

  /** Requests since it was last asked. */
  takeServed(): number {
    const served = this.#served;
    this.#served = 0;
    return served;
  }

  /** Empties it. A crash loses what was not exported. */
  take(version: string): readonly Export[] {
    const source = { resource: version === '' ? this.#resource : { ...this.#resource, 'service.version': version } };
    const made: Export[] = [];
    if (this.#spans.length > 0) made.push({ signal: 'traces', bytes: traceBytes(this.#spans, source) });
    if (this.#metrics.length > 0) made.push({ signal: 'metrics', bytes: metricsBytes(this.#metrics, source) });
    if (this.#lines.length > 0) made.push({ signal: 'logs', bytes: logsBytes(this.#lines, source) });
    [this.#spans, this.#lines, this.#metrics] = [[], [], []];
    return made;
  }
}
