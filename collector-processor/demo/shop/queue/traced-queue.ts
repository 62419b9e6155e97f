import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { fieldOf, textOf } from '../json-body.ts';
import { inSpan } from '../work.ts';
import type { QueueClient } from './queue-client.ts';

const DESTINATION = 'orders';
const conventions = { 'messaging.system': 'shop-queue', 'messaging.destination.name': DESTINATION } as const;

export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly mail: string;
  readonly amount: number;
}

/** Sends an order with the trace context in its headers, inside a producer span. */
export function publishOrder(queue: QueueClient, order: Order): Promise<void> {
  const attributes = {
    ...conventions,
    'messaging.operation.name': 'send',
    'messaging.operation.type': 'send',
    'messaging.message.id': order.id,
    'peer.service': 'order-queue',
  };
  return inSpan({ name: `send ${DESTINATION}`, kind: SpanKind.PRODUCER, attributes }, () => {
    const headers: Record<string, string> = {};
    propagation.inject(context.active(), headers);
    return queue.publish(JSON.stringify({ headers, body: order }));
  });
}

/** Takes one message and handles it inside a consumer span that continues the sender's trace and links to its span. */
export async function processNext(queue: QueueClient, handle: (order: unknown) => Promise<void>): Promise<void> {
  const envelope: unknown = JSON.parse(await queue.take());
  const body = fieldOf(envelope, 'body');
  const sender = propagation.extract(ROOT_CONTEXT, fieldOf(envelope, 'headers') ?? {});
  const senderSpan = trace.getSpanContext(sender);
  const attributes = {
    ...conventions,
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.message.id': textOf(body, 'id'),
  };
  await context.with(sender, () =>
    inSpan(
      {
        name: `process ${DESTINATION}`,
        kind: SpanKind.CONSUMER,
        attributes,
        links: senderSpan === undefined ? [] : [{ context: senderSpan }],
      },
      () => handle(body),
    ),
  );
}
