import type { FastifyReply } from 'fastify';
import type { Keyset, StoredPage } from '../store/keyset.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { refuse } from './error-reply.ts';

export const DEFAULT_LIMIT = 50;

export type GivenKeyset =
  { readonly kind: 'keyset'; readonly after: Keyset | undefined } | { readonly kind: 'unreadable' };

/** The keyset in a cursor of this order; none without a cursor. */
export function readKeyset(cursor: string | undefined, order: string): GivenKeyset {
  if (cursor === undefined) return { kind: 'keyset', after: undefined };
  const after = readCursor(cursor, order);
  return after === undefined ? { kind: 'unreadable' } : { kind: 'keyset', after };
}

export function refuseCursor(reply: FastifyReply): FastifyReply {
  const remedy = 'Leave it out to begin with the first page, and keep the sort order between pages.';
  const message = 'query/cursor does not belong to this list and order.';
  return refuse(reply, { code: 'invalid_request', field: 'query/cursor', message, remedy });
}

/** A page of the store in the words of the contract. */
export function toPage<Item>({ next, ...page }: StoredPage<Item>, order: string) {
  return next === undefined ? page : { ...page, nextCursor: writeCursor({ order, ...next }) };
}
