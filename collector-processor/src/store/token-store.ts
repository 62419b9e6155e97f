import { createHash, randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Role, Token } from '../contract/token.ts';
import type { Clock } from '../runtime/clock.ts';
import { SentinelError } from '../runtime/errors.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { StoreDatabase, TokenTable } from './schema.ts';

interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly expiresAtMs?: number | undefined;
}

interface IssuedToken {
  readonly token: Token;
  /** Known only now: at rest there is its SHA-256. */
  readonly secret: string;
}

export interface TokenStore {
  /** Undefined when there are as many tokens as there may be. */
  create(asked: NewToken): Promise<IssuedToken | undefined>;
  /** The administrator's token of a fresh store: made once, whatever becomes of it. */
  createFirst(): Promise<IssuedToken | undefined>;
  /** Newest first, revoked ones too. */
  list(): Promise<Token[]>;
  /** False when there is no such token; revoking twice keeps the first time. */
  revoke(id: string): Promise<boolean>;
  /** The valid token of this secret: one look-up by its hash, none for what cannot be a secret of ours. */
  authenticate(secret: string): Promise<Token | undefined>;
}

/** Marks secrets of this program, so that scanners of repositories and logs can find one that leaked. */
const SECRET_PREFIX = 'sntl_';
const SECRET_BYTES = 32;
const secretForm = /^sntl_[\w-]{1,64}$/;
const TOUCH_INTERVAL_MS = 60_000;
const FIRST_TOKEN_MARK = 'first_token';

interface TokenStoreOptions {
  readonly db: StoreDatabase;
  readonly maxTokens: number;
  readonly clock: Clock;
  readonly metrics: SelfMetrics;
  readonly random?: (bytes: number) => Buffer;
}

export function createTokenStore(options: TokenStoreOptions): TokenStore {
  const { db, maxTokens, clock, metrics, random = randomBytes } = options;
  const help = 'Tokens that were not made because there were as many as there may be.';
  const refused = metrics.counter({ name: 'sentinel_store_tokens_refused_total', help });

  async function insert(into: StoreDatabase, { name, role, expiresAtMs }: NewToken): Promise<IssuedToken> {
    const secret = SECRET_PREFIX + random(SECRET_BYTES).toString('base64url');
    const row = {
      id: random(8).toString('hex'),
      name,
      role,
      hash: hashOf(secret),
      created_at_ms: clock.nowMs(),
      last_used_at_ms: null,
      expires_at_ms: expiresAtMs === undefined ? null : Math.round(expiresAtMs),
      revoked_at_ms: null,
    };
    await into.insertInto('tokens').values(row).execute();
    return { token: readToken(row), secret };
  }

  async function touch({ id, lastUsedAtMs = 0 }: Token): Promise<void> {
    const nowMs = clock.nowMs();
    if (nowMs - lastUsedAtMs < TOUCH_INTERVAL_MS) return;
    await db.updateTable('tokens').set({ last_used_at_ms: nowMs }).where('id', '=', id).execute();
  }

  return {
    create: (asked) =>
      db.transaction().execute(async (transaction) => {
        const { count } = await transaction
          .selectFrom('tokens')
          .select(({ fn }) => fn.countAll().as('count'))
          .executeTakeFirstOrThrow();
        if (Number(count) < maxTokens) return insert(transaction, asked);
        refused.add(1);
        return undefined;
      }),
    createFirst: () =>
      db.transaction().execute(async (transaction) => {
        const marked = await transaction
          .insertInto('meta')
          .values({ name: FIRST_TOKEN_MARK, value: 'made' })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .executeTakeFirst();
        const isFirst = Number(marked.numInsertedOrUpdatedRows ?? 0) > 0;
        return isFirst ? insert(transaction, { name: 'first administrator', role: 'admin' }) : undefined;
      }),
    async list() {
      const rows = await db.selectFrom('tokens').selectAll().orderBy('created_at_ms', 'desc').orderBy('id').execute();
      return rows.map(readToken);
    },
    async revoke(id) {
      const known = await db.selectFrom('tokens').select('id').where('id', '=', id).executeTakeFirst();
      if (known === undefined) return false;
      await db
        .updateTable('tokens')
        .set({ revoked_at_ms: clock.nowMs() })
        .where('id', '=', id)
        .where('revoked_at_ms', 'is', null)
        .execute();
      return true;
    },
    async authenticate(secret) {
      if (!secretForm.test(secret)) return undefined;
      // The secret itself is never compared: what a look-up by hash takes tells nothing about it.
      const row = await db.selectFrom('tokens').selectAll().where('hash', '=', hashOf(secret)).executeTakeFirst();
      if (row === undefined) return undefined;
      const token = readToken(row);
      if (token.revokedAtMs !== undefined) return undefined;
      if (token.expiresAtMs !== undefined && token.expiresAtMs <= clock.nowMs()) return undefined;
      await touch(token);
      return token;
    },
  };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function readToken(row: Selectable<TokenTable>): Token {
  return {
    id: row.id,
    name: row.name,
    role: readRole(row.role),
    createdAtMs: Number(row.created_at_ms),
    ...(row.last_used_at_ms === null ? {} : { lastUsedAtMs: Number(row.last_used_at_ms) }),
    ...(row.expires_at_ms === null ? {} : { expiresAtMs: Number(row.expires_at_ms) }),
    ...(row.revoked_at_ms === null ? {} : { revokedAtMs: Number(row.revoked_at_ms) }),
  };
}

function readRole(role: string): Role {
  if (role === 'reader' || role === 'responder' || role === 'operator' || role === 'admin') return role;
  throw new SentinelError('SENTINEL_STORE_FAILED', `A token has the unknown role ${role}.`);
}
