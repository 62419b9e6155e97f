import { metrics } from '@opentelemetry/api';
import { between, code, pick } from '../../random.ts';
import type { Call } from '../http-client.ts';
import { type Reply, type Route, startHttpServer } from '../http-server.ts';
import { numberOf, textOf } from '../json-body.ts';
import type { ServiceParts, StartService } from '../service.ts';
import { ShopError } from '../shop-error.ts';
import { work } from '../work.ts';

const STORM_TICK_MS = 100;

/** What browsers talk to. */
export const startStorefront: StartService = async (parts) => {
  const server = await startHttpServer(routes(parts), parts.log);
  const storm = setInterval(() => logStorm(parts), STORM_TICK_MS);
  return {
    port: server.port,
    stop: () => {
      clearInterval(storm);
      return server.stop();
    },
  };
};

function routes({ random, log, call }: ServiceParts): Route[] {
  const orders = metrics.getMeter('shop').createCounter('shop.checkouts', { unit: '{checkout}' });

  async function ask(request: Call): Promise<Reply> {
    const answer = await call(request);
    if (answer.status < 500) return answer;
    throw new ShopError('UpstreamFailed', 502, `${request.to} answered ${answer.status} to ${request.template}`);
  }

  return [
    {
      method: 'GET',
      path: '/',
      async handle() {
        await work(random, 20);
        return { status: 200, body: { banner: 'Autumn sale' } };
      },
    },
    {
      method: 'GET',
      path: '/search',
      async handle({ query }) {
        const words = query.get('q') ?? '';
        await work(random, 9);
        const reply = await ask({
          to: 'catalog',
          method: 'GET',
          template: '/search',
          path: `/search?q=${encodeURIComponent(words)}`,
        });
        const session = query.get('session') ?? '';
        log.info(`search for "${words}" gave ${numberOf(reply.body, 'count')} products to session ${session}`);
        return reply;
      },
    },
    {
      method: 'GET',
      path: '/products/{sku}',
      async handle({ params }) {
        const sku = params.sku ?? '';
        await work(random, 9);
        return ask({ to: 'catalog', method: 'GET', template: '/products/{sku}', path: `/products/${sku}` });
      },
    },
    {
      method: 'POST',
      path: '/checkout',
      async handle({ body }) {
        await work(random, 12);
        const reply = await ask({ to: 'checkout', method: 'POST', template: '/orders', path: '/orders', body });
        const outcome = reply.status === 200 ? 'placed' : 'declined';
        orders.add(1, { outcome });
        log.info(`checkout of customer ${textOf(body, 'customer')} ${outcome} from ${textOf(body, 'address')}`);
        return reply;
      },
    },
  ];
}

/** The menu's log storm: as many lines a second as asked, all of one kind. */
function logStorm({ random, conditions, log }: ServiceParts): void {
  const lines = Math.round((conditions.logStorm * STORM_TICK_MS) / 1000);
  for (let line = 0; line < lines; line++) {
    const host = `10.20.${between(random, 0, 3)}.${between(random, 2, 250)}:6379`;
    const reason = pick(random, ['ECONNREFUSED', 'ETIMEDOUT']);
    const key = `sess:${code(random, 12).toLowerCase()}`;
    log.error(`session store ${host} unreachable for key ${key}: ${reason} after ${between(random, 40, 900)} ms`);
  }
}
