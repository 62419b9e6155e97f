import { setTimeout as pause } from 'node:timers/promises';
import { type Attributes, type Link, type Span, type SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { logNormal, type Random } from '../random.ts';

/** How much single requests differ; and the share that hits something slow (a cold cache, a lock). */
const SPREAD = 0.3;
const SLOW_SHARE = 0.01;
const SLOW_FACTOR = 2.5;

/** Waits as work of about `medianMs` would take. */
export async function work(random: Random, medianMs: number): Promise<void> {
  const slow = random() < SLOW_SHARE ? SLOW_FACTOR : 1;
  await pause(logNormal(random, medianMs * slow, SPREAD));
}

export interface SpanPlan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  readonly links?: readonly Link[];
}

/** Runs `task` inside a span; a fault marks the span and goes on to the caller. */
export function inSpan<T>({ name, links = [], ...plan }: SpanPlan, task: (span: Span) => Promise<T>): Promise<T> {
  return trace.getTracer('shop').startActiveSpan(name, { ...plan, links: [...links] }, async (span) => {
    try {
      return await task(span);
    } catch (error) {
      const fault = error instanceof Error ? error : new Error(String(error));
      span.recordException(fault);
      span.setStatus({ code: SpanStatusCode.ERROR, message: fault.message });
      span.setAttribute('error.type', fault.name);
      throw error;
    } finally {
      span.end();
    }
  });
}
