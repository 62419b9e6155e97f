import { between, pick } from '../../random.ts';
import { createDatabase } from '../database.ts';
import { type Route, startHttpServer } from '../http-server.ts';
import type { ServiceParts, StartService } from '../service.ts';
import { ShopError } from '../shop-error.ts';
import { work } from '../work.ts';

/** However long the leak lasts, no more than this is held. */
const LEAK_LIMIT_BYTES = 256 * 1024 ** 2;
const REPLICAS = ['db-replica-1', 'db-replica-2', 'db-replica-3'] as const;

/** Products, search and prices. */
export const startCatalog: StartService = ({ log, ...parts }) => startHttpServer(routes({ log, ...parts }), log);

function routes({ random, log, conditions }: ServiceParts): Route[] {
  const database = createDatabase(random);
  const pages = createPageCache(() => conditions.leakBytes);

  return [
    {
      method: 'GET',
      path: '/search',
      async handle({ query }) {
        await database.query({ operation: 'SELECT', table: 'products', medianMs: 30 });
        await work(random, 12);
        pages.keep();
        const count = between(random, 0, 60);
        if (count === 0) log.warn(`no product matches "${query.get('q') ?? ''}"`);
        return { status: 200, body: { count } };
      },
    },
    {
      method: 'GET',
      path: '/products/{sku}',
      async handle({ params }) {
        await database.query({ operation: 'SELECT', table: 'products', medianMs: 18 });
        return { status: 200, body: { sku: params.sku, stock: between(random, 0, 400) } };
      },
    },
    {
      method: 'GET',
      path: '/prices/{sku}',
      async handle({ params }) {
        const sku = params.sku ?? '';
        const refused = random() < conditions.priceFailures;
        const replica = pick(random, REPLICAS);
        const fault = new ShopError(
          'ReplicaRefused',
          503,
          `${replica} refused the connection: price of ${sku} unknown`,
        );
        const statement = { operation: 'SELECT', table: 'prices', medianMs: 14 } as const;
        await database.query(refused ? { ...statement, fault } : statement);
        const price = between(random, 499, 24_999) / 100;
        log.info(`price of ${sku} is ${price.toFixed(2)} EUR, read from ${replica} in ${between(random, 6, 31)} ms`);
        return { status: 200, body: { sku, price } };
      },
    },
  ];
}

/** A cache of result pages that never forgets while `leakBytes` is set, and lets go of everything when it is not. */
function createPageCache(leakBytes: () => number) {
  let pages: Buffer[] = [];
  let held = 0;

  /** Collected at once, as after the restart that ends such a leak in life. */
  function release(): void {
    if (held === 0) return;
    pages = [];
    held = 0;
    globalThis.gc?.();
  }

  return {
    keep(): void {
      const size = leakBytes();
      if (size === 0) {
        release();
      } else if (held + size <= LEAK_LIMIT_BYTES) {
        // Filled, because the system gives memory only to pages that are written.
        pages.push(Buffer.alloc(size, 'page'));
        held += size;
      }
    },
  };
}
