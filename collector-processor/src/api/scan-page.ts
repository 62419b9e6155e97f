import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Placed } from './providers.ts';

/** Once the page is full, counting goes on to so many matches, and to so many elements looked at. */
const COUNT_BOUND = 10_000;
const LOOK_BOUND = 100_000;
/** Elements looked at before telemetry gets its turn again. */
const ELEMENTS_PER_TURN = 500;

interface ScanRequest<Item> {
  /** The whole list from a place on. */
  readonly from: (place: number) => Iterable<Placed<Item>>;
  readonly matches: (item: Item) => boolean;
  readonly after?: number | undefined;
  readonly limit: number;
}

export interface ScannedPage<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly totalIsExact: boolean;
  /** Place of the last item, when there are more. */
  readonly lastPlace?: number;
}

/** One page of a filtered list that is held nowhere, and how many match in all. */
export async function scanPage<Item>({
  from,
  matches,
  after = -1,
  limit,
}: ScanRequest<Item>): Promise<ScannedPage<Item>> {
  const items: Item[] = [];
  let total = 0;
  let looked = 0;
  let lastPlace = after;
  let hasMore = false;
  for (const { place, item } of from(0)) {
    if (++looked % ELEMENTS_PER_TURN === 0) await nextTurn();
    if (hasMore && (total > COUNT_BOUND || looked > LOOK_BOUND))
      return { items, total, totalIsExact: false, lastPlace };
    if (!matches(item)) continue;
    total++;
    if (place <= after) continue;
    if (items.length < limit) {
      items.push(item);
      lastPlace = place;
    } else hasMore = true;
  }
  return hasMore ? { items, total, totalIsExact: true, lastPlace } : { items, total, totalIsExact: true };
}
