import { type Attributes, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { messageOf } from './errors.ts';

/** Spans about Sentinel's own work. Without a started SDK they cost one call and record nothing. */
const tracer = trace.getTracer('sentinel');

/** Runs `work` inside a span. Span names are constant; whatever varies goes into attributes. */
export async function withSpan<T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}
