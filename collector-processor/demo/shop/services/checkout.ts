import { metrics } from '@opentelemetry/api';
import { code } from '../../random.ts';
import { createDatabase } from '../database.ts';
import { type Reply, type Route, startHttpServer } from '../http-server.ts';
import { listOf, numberOf, textOf } from '../json-body.ts';
import { publishOrder } from '../queue/traced-queue.ts';
import type { ServiceParts, StartService } from '../service.ts';
import { ShopError } from '../shop-error.ts';
import { work } from '../work.ts';

/** Turns a cart into an order: prices from the catalog, money by payment, the rest by the queue. */
export const startCheckout: StartService = (parts) => startHttpServer([orders(parts)], parts.log);

function orders({ random, log, call, queue }: ServiceParts): Route {
  const database = createDatabase(random);
  const meter = metrics.getMeter('shop');
  const placed = meter.createCounter('shop.orders.placed', { unit: '{order}' });
  const value = meter.createHistogram('shop.order.value', {
    unit: 'EUR',
    advice: { explicitBucketBoundaries: [10, 25, 50, 100, 150, 200, 300, 500] },
  });

  async function priceOf(sku: string): Promise<number> {
    const answer = await call({ to: 'catalog', method: 'GET', template: '/prices/{sku}', path: `/prices/${sku}` });
    if (answer.status !== 200) throw new ShopError('PriceUnknown', 502, `catalog answered ${answer.status} for ${sku}`);
    return numberOf(answer.body, 'price');
  }

  async function charge(order: string, amount: number, card: string): Promise<boolean> {
    const body = { order, amount, card };
    const { status } = await call({ to: 'payment', method: 'POST', template: '/charges', path: '/charges', body });
    if (status >= 500) throw new ShopError('PaymentFailed', 502, `payment answered ${status} for order ${order}`);
    return status === 200;
  }

  async function handle({ body }: { readonly body: unknown }): Promise<Reply> {
    const id = code(random, 8);
    await work(random, 15);
    const prices = await Promise.all(listOf(body, 'items').map((sku) => priceOf(String(sku))));
    const amount = prices.reduce((sum, price) => sum + price, 0);
    const paid = await charge(id, amount, textOf(body, 'card'));
    if (!paid) {
      log.warn(`order ${id} declined: ${amount.toFixed(2)} EUR, customer ${textOf(body, 'customer')}`);
      return { status: 402, body: { id } };
    }
    await database.query({ operation: 'INSERT', table: 'orders', medianMs: 16 });
    await publishOrder(queue, { id, ...addressee(body), amount });
    placed.add(1);
    value.record(amount);
    log.info(
      `order ${id} placed by customer ${textOf(body, 'customer')}: ${prices.length} items, ${amount.toFixed(2)} EUR`,
    );
    return { status: 200, body: { id, amount } };
  }

  return { method: 'POST', path: '/orders', handle };
}

function addressee(body: unknown): { readonly customer: string; readonly mail: string } {
  return { customer: textOf(body, 'customer'), mail: textOf(body, 'mail') };
}
