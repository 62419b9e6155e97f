import type { Plain } from '../../../src/model/otlp/plain-message.ts';
import { span } from '../../../src/testing/telemetry-builder-items.ts';
import { traceBytes } from '../../../src/testing/telemetry-builder.ts';
import type { Draws } from '../random-draws.ts';
import type { Season } from '../series/season.ts';
import type { Ailment, Health } from './health.ts';

export interface ShopSpec {
  readonly name: string;
  /** Customers a second in the mean. */
  readonly perSecond: number;
  readonly season: Season;
  readonly offsetMs: number;
  readonly ailments: readonly Ailment[];
  /** When a new version of the API starts; its first seconds are slow. */
  readonly deploysMs: readonly number[];
}

/** A finished call, as a metrics generator would count it. */
export interface Call {
  readonly service: string;
  /** Operation, or the peer that was called. */
  readonly where: string;
  readonly durationMs: number;
  readonly failed: boolean;
}

const COLD_MS = 20_000;
const USUALLY_FAILING = 0.004;
const usual: Required<Omit<Health, 'isDetached'>> = {
  ...{ traffic: 1, slower: 1, tail: 1, slowerItems: 1, failing: USUALLY_FAILING },
};

/** Names of the three services of a shop. */
export function servicesOf(shop: string) {
  return { gateway: `${shop}-gateway`, api: `${shop}-api`, items: `${shop}-items` };
}

/** Customers come to a gateway, which calls an API, which calls a service and a database. */
export class Shop {
  readonly spec: ShopSpec;
  private readonly draws: Draws;
  private readonly names: ReturnType<typeof servicesOf>;
  private ids = 1;

  constructor(spec: ShopSpec, draws: Draws) {
    this.spec = spec;
    this.draws = draws;
    this.names = servicesOf(spec.name);
  }

  /** What each service exports for the requests that end in [startMs, startMs + lengthMs). */
  tick(startMs: number, lengthMs: number): { readonly bytes: readonly Uint8Array[]; readonly calls: readonly Call[] } {
    const { perSecond, season, offsetMs } = this.spec;
    const health = this.healthAt(startMs);
    const load = perSecond * season(startMs + offsetMs) * (health.traffic ?? 1);
    const count = this.draws.poisson((load * lengthMs) / 1000);
    if (count === 0) return { bytes: [], calls: [] };
    const spans = { gateway: [] as Plain<'Span'>[], api: [] as Plain<'Span'>[], items: [] as Plain<'Span'>[] };
    const calls: Call[] = [];
    for (let i = 0; i < count; i++) this.request(startMs + this.draws.uniform() * lengthMs, { health, spans, calls });
    const version = this.spec.deploysMs.filter((at) => startMs >= at).length;
    const bytes = (['gateway', 'api', 'items'] as const).flatMap((role) => {
      if (spans[role].length === 0) return [];
      const resource = {
        'service.name': this.names[role],
        'service.namespace': 'shops',
        'service.version': role === 'api' ? `2.${version}.0` : '1.0.0',
        'service.instance.id': `${role}-${version}`,
        'deployment.environment.name': 'production',
      };
      return [traceBytes(spans[role], { resource })];
    });
    return { bytes, calls };
  }

  private healthAt(timeMs: number): Health {
    const ill = this.spec.ailments.find(({ startMs, endMs }) => timeMs >= startMs && timeMs < endMs)?.health ?? {};
    const isCold = this.spec.deploysMs.some((at) => timeMs >= at && timeMs < at + COLD_MS);
    return isCold ? { slower: 2, ...ill } : ill;
  }

  private request(endMs: number, out: Out): void {
    const { draws, names } = this;
    const health = { ...usual, ...out.health };
    const isOrder = draws.uniform() < 0.3;
    const operation = isOrder ? 'POST /orders' : 'GET /items';
    const failed = draws.uniform() < health.failing;
    const inItems = 12 * health.slowerItems * Math.exp(0.4 * draws.normal());
    const inDatabase = 6 * Math.exp(0.5 * draws.normal());
    const tail = draws.uniform() < 0.1 ? health.tail : 1;
    const own = 25 * health.slower * tail * Math.exp(0.35 * draws.normal());
    const callsItems = !isOrder && out.health.isDetached !== true;
    const inApi = own + (callsItems ? inItems : 0) + (isOrder ? inDatabase : 0);
    const call = { endMs, failed: false, operation };
    if (callsItems) {
      this.add(out, 'items', { ...call, name: 'GET /stock', kind: 2, durationMs: inItems });
      this.add(out, 'api', { ...call, name: 'GET', kind: 3, durationMs: inItems + 1, peer: names.items });
    } else if (isOrder)
      this.add(out, 'api', { ...call, name: 'INSERT', kind: 3, durationMs: inDatabase, peer: 'orders-db' });
    this.add(out, 'api', { ...call, name: operation, kind: 2, durationMs: inApi, failed });
    this.add(out, 'gateway', { ...call, name: 'GET', kind: 3, durationMs: inApi + 2, failed, peer: names.api });
    this.add(out, 'gateway', { ...call, name: 'GET /shop', kind: 2, durationMs: inApi + 5, failed });
  }

  private add({ spans, calls }: Out, role: 'gateway' | 'api' | 'items', made: Made): void {
    const id = (this.ids++).toString(16).padStart(16, '0');
    const { name, kind, endMs, durationMs, failed, peer } = made;
    const route =
      peer === undefined
        ? { 'http.route': name.split(' ')[1] ?? '', 'http.request.method': name.split(' ')[0] ?? '' }
        : { 'peer.service': peer };
    spans[role].push(
      span({
        ...{ name, kind, endMs, durationMs, traceId: id + id, spanId: id },
        ...(failed ? { status: { code: 2, message: 'failed' } } : {}),
        attributes: { ...route, 'http.response.status_code': failed ? 500 : 200 },
      }),
    );
    calls.push({ service: this.names[role], where: peer ?? name, durationMs, failed });
  }
}

interface Out {
  readonly health: Health;
  readonly spans: Readonly<Record<'gateway' | 'api' | 'items', Plain<'Span'>[]>>;
  readonly calls: Call[];
}

interface Made {
  readonly name: string;
  readonly kind: number;
  readonly endMs: number;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly peer?: string;
}
