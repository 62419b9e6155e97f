import { writeCursor } from './cursor.ts';
import { type GivenKeyset, readKeyset } from './keyset-page.ts';
import type { ScannedPage } from './scan-page.ts';

/** Cursors of lists that are walked by place. */
const ORDER = 'place';

export function readPlace(cursor: string | undefined): GivenKeyset {
  return readKeyset(cursor, ORDER);
}

export function toPlacePage<Item>({ lastPlace, ...page }: ScannedPage<Item>) {
  return lastPlace === undefined
    ? page
    : { ...page, nextCursor: writeCursor({ order: ORDER, value: lastPlace, id: '' }) };
}
