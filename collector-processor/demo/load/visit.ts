import { between, code, pick, type Random } from '../random.ts';

export interface PageRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Time the shopper thinks before it. */
  readonly thinkMs: number;
}

const words = ['oak desk', 'desk lamp', 'linen sofa', 'bookshelf', 'garden chair', 'wool rug', 'wall clock'] as const;
const names = ['mia', 'noah', 'lea', 'ben', 'ida', 'max', 'zoe', 'tom'] as const;
const HOME_SHARE = 0.3;
const TWO_ITEMS_SHARE = 0.3;
const SECOND_PRODUCT_SHARE = 0.2;

/** What one shopper does: perhaps the home page, a search, one or two products, then the checkout. */
export function planVisit(random: Random): PageRequest[] {
  const session = code(random, 10).toLowerCase();
  const sku = (): string => `SKU-${between(random, 1000, 1999)}`;
  const items = random() < TWO_ITEMS_SHARE ? [sku(), sku()] : [sku()];
  const think = (): number => between(random, 150, 900);
  const get = (path: string): PageRequest => ({ method: 'GET', path, thinkMs: think() });
  return [
    ...(random() < HOME_SHARE ? [get('/')] : []),
    get(`/search?q=${encodeURIComponent(pick(random, words))}&session=${session}`),
    get(`/products/${items[0] ?? sku()}`),
    ...(random() < SECOND_PRODUCT_SHARE ? [get(`/products/${sku()}`)] : []),
    { method: 'POST', path: '/checkout', body: shopper(random, items), thinkMs: think() },
  ];
}

function shopper(random: Random, items: readonly string[]): object {
  const customer = between(random, 10_000, 99_999);
  return {
    items,
    customer: String(customer),
    mail: `${pick(random, names)}.${customer}@example.com`,
    address: `10.${between(random, 0, 255)}.${between(random, 0, 255)}.${between(random, 1, 254)}`,
    card: `4${between(random, 100_000_000, 999_999_999)}${between(random, 100_000, 999_999)}`,
  };
}
