import { metrics, SpanKind } from '@opentelemetry/api';
import type { Random } from '../random.ts';
import { inSpan, work } from './work.ts';

const POOL_SIZE = 20;

export interface Statement {
  readonly operation: 'SELECT' | 'INSERT' | 'UPDATE';
  readonly table: string;
  readonly medianMs: number;
  /** Thrown in place of an answer. */
  readonly fault?: Error;
}

export interface Database {
  query(statement: Statement): Promise<void>;
}

/** A client of a database that answers after a while, behind a pool of connections that is bounded and measured. */
export function createDatabase(random: Random): Database {
  const waiting: (() => void)[] = [];
  let used = 0;
  const meter = metrics.getMeter('shop.database');
  const pool = { 'db.client.connection.pool.name': 'shop' };
  meter.createObservableUpDownCounter('db.client.connection.count', { unit: '{connection}' }).addCallback((result) => {
    result.observe(used, { ...pool, 'db.client.connection.state': 'used' });
    result.observe(POOL_SIZE - used, { ...pool, 'db.client.connection.state': 'idle' });
  });
  meter
    .createObservableUpDownCounter('db.client.connection.pending_requests', { unit: '{request}' })
    .addCallback((result) => result.observe(waiting.length, pool));

  async function connect(): Promise<void> {
    if (used < POOL_SIZE) used += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** The connection goes to who waits longest, if anybody does. */
  function release(): void {
    const next = waiting.shift();
    if (next === undefined) used -= 1;
    else next();
  }

  return {
    query: ({ operation, table, medianMs, fault }) =>
      inSpan(
        {
          name: `${operation} ${table}`,
          kind: SpanKind.CLIENT,
          attributes: {
            'db.system.name': 'postgresql',
            'db.namespace': 'shop',
            'db.operation.name': operation,
            'db.collection.name': table,
            'peer.service': 'postgresql',
          },
        },
        async () => {
          await connect();
          try {
            await work(random, medianMs);
            if (fault !== undefined) throw fault;
          } finally {
            release();
          }
        },
      ),
  };
}
