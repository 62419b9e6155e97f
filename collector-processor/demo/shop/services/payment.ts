import { metrics } from '@opentelemetry/api';
import { code } from '../../random.ts';
import { createDatabase } from '../database.ts';
import { type Incoming, type Reply, type Route, startHttpServer } from '../http-server.ts';
import { numberOf, textOf } from '../json-body.ts';
import type { ServiceParts, StartService } from '../service.ts';
import { ShopError } from '../shop-error.ts';
import { work } from '../work.ts';

interface Release {
  /** Factor on the time that an authorisation takes. */
  readonly slowdown: number;
  /** Share of charges that break in the release's own code. */
  readonly defects: number;
}

const soundRelease: Release = { slowdown: 1, defects: 0 };

/** What differs between the releases of this service: the new one rounds currencies wrongly and asks the bank twice. */
const releases: Readonly<Record<string, Release>> = { '1.5.0': { slowdown: 2, defects: 0.25 } };

const AUTHORISE_MS = 70;
/** Shares of charges that the bank does not answer, and that it declines. */
const BANK_SILENT = 0.008;
const BANK_DECLINES = 0.03;

export const startPayment: StartService = (parts) => startHttpServer([charges(parts)], parts.log);

function charges({ version, random, log, conditions }: ServiceParts): Route {
  const release = releases[version] ?? soundRelease;
  const database = createDatabase(random);
  const charged = metrics.getMeter('shop').createCounter('shop.payments', { unit: '{payment}' });

  async function handle({ body }: Incoming): Promise<Reply> {
    const amount = numberOf(body, 'amount');
    const order = textOf(body, 'order');
    await work(random, AUTHORISE_MS * release.slowdown * conditions.slowdown);
    if (random() < release.defects) {
      throw new ShopError('RoundingError', 500, `amount ${amount.toFixed(4)} of order ${order} has no minor unit`);
    }
    if (random() < BANK_SILENT) {
      throw new ShopError('BankTimeout', 503, `the bank did not answer for order ${order}`);
    }
    const approved = random() >= BANK_DECLINES;
    charged.add(1, { outcome: approved ? 'approved' : 'declined' });
    if (!approved) return { status: 402, body: { order } };
    await database.query({ operation: 'INSERT', table: 'charges', medianMs: 14 });
    const card = textOf(body, 'card').slice(-4);
    log.info(`charged ${amount.toFixed(2)} EUR to card ending ${card} for order ${order}: ${code(random, 6)}`);
    return { status: 200, body: { order } };
  }

  return { method: 'POST', path: '/charges', handle };
}
