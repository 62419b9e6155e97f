import { SpanKind } from '../../model/columns.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** Times of one request, in milliseconds. */
export interface CallTimes {
  /** What the shop and the payment service do themselves, and how long the call between them is on the way. */
  readonly shopMs?: number;
  readonly paymentMs?: number;
  readonly wayMs?: number;
}

let ids = 0;
function newId(): string {
  return (++ids).toString(16).padStart(16, '0');
}

/**
 * One bucket of requests to POST /order in the shop, which calls the payment service under an inner span. The services send
 * requests of their own; `parentFirst` turns the order of the shop's spans round.
 */
export function order(
  world: World,
  random: Random,
  times: CallTimes = {},
  { count = 20, parentFirst = false }: { readonly count?: number; readonly parentFirst?: boolean } = {},
): void {
  const noisy = (ms: number): number => ms * Math.exp(0.2 * random.normal());
  const requests = Array.from({ length: count }, () => {
    const payment = noisy(times.paymentMs ?? 30);
    const call = payment + noisy(times.wayMs ?? 4);
    const whole = call + noisy(times.shopMs ?? 10);
    const endMs = world.nowMs() + 1 + 900 * random.uniform();
    const traceId = newId();
    const [root, inner, client] = [newId(), newId(), newId()];
    const shop = [
      {
        name: 'POST /charge',
        kind: SpanKind.client,
        endMs: endMs - 3,
        durationMs: call,
        spanId: client,
        parentSpanId: inner,
      },
      {
        name: 'charge',
        kind: SpanKind.internal,
        endMs: endMs - 2,
        durationMs: call + 1,
        spanId: inner,
        parentSpanId: root,
      },
      { name: 'POST /order', kind: SpanKind.server, endMs, durationMs: whole, spanId: root, parentSpanId: '0' },
    ].map((span) => ({ ...span, traceId, attributes: { 'peer.service': 'payment' } as const }));
    const served = { name: 'POST /charge', kind: SpanKind.server, endMs: endMs - 4, durationMs: payment };
    return { shop, payment: { ...served, traceId, spanId: newId(), parentSpanId: client } };
  });
  const shop = requests.flatMap((request) => request.shop);
  const payment = requests.map((request) => request.payment);
  if (parentFirst) world.spans({ service: 'payment' }, payment);
  world.spans({ service: 'shop' }, parentFirst ? shop.reverse() : shop);
  if (!parentFirst) world.spans({ service: 'payment' }, payment);
  world.advance(world.options.bucket);
}
