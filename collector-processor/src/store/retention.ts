import type { Clock } from '../runtime/clock.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { Duty } from './duty.ts';
import type { StoreDatabase } from './schema.ts';
import type { RetentionOptions } from './store-options.ts';

/** Deletes at most `limit` rows that ended before `beforeMs`; answers how many. */
type DeleteStep = (db: StoreDatabase, beforeMs: number, limit: number) => Promise<number>;

type RetainedTable = 'anomalies' | 'changes' | 'annotations' | 'tokens' | 'feedback' | 'incidents' | 'slos';

const PAUSE_MS = 50;

const steps: Readonly<Record<RetainedTable, DeleteStep>> = {
  // An open anomaly that nobody has added to for so long was left behind by a process that ended.
  anomalies: (db, beforeMs, limit) =>
    deleted(
      db
        .deleteFrom('anomalies')
        .where('id', 'in', ({ selectFrom }) =>
          selectFrom('anomalies').select('id').where('end_ms', '<', beforeMs).orderBy('end_ms').limit(limit),
        ),
    ),
  changes: (db, beforeMs, limit) =>
    deleted(
      db
        .deleteFrom('changes')
        .where('id', 'in', ({ selectFrom }) =>
          selectFrom('changes').select('id').where('time_ms', '<', beforeMs).orderBy('time_ms').limit(limit),
        ),
    ),
  // With their timelines: first these, so that none is left without its incident.
  incidents: async (db, beforeMs, limit) => {
    const old = await db
      .selectFrom('incidents')
      .select('id')
      .where('state', '=', 'closed')
      .where('end_ms', '<', beforeMs)
      .limit(limit)
      .execute();
    const ids = old.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await db.deleteFrom('incident_events').where('incident_id', 'in', ids).execute();
    await db.deleteFrom('incident_cases').where('incident_id', 'in', ids).execute();
    return deleted(db.deleteFrom('incidents').where('id', 'in', ids));
  },
  // A region that is still open in Grafana has to be closed one day.
  annotations: (db, beforeMs, limit) =>
    deleted(
      db.deleteFrom('annotations').where('key', 'in', ({ selectFrom }) =>
        selectFrom('annotations')
          .select('key')
          .where('updated_at_ms', '<', beforeMs)
          .where((where) => where.or([where('state', '!=', 'created'), where('end_ms', 'is not', null)]))
          .orderBy('updated_at_ms')
          .limit(limit),
      ),
    ),
  feedback: (db, beforeMs, limit) =>
    deleted(
      db
        .deleteFrom('feedback')
        .where('id', 'in', ({ selectFrom }) =>
          selectFrom('feedback')
            .select('id')
            .where('created_at_ms', '<', beforeMs)
            .orderBy('created_at_ms')
            .limit(limit),
        ),
    ),
  slos: async (db, beforeMs, limit) => {
    const counts = await deleted(
      db
        .deleteFrom('slo_counts')
        .where('key', 'in', ({ selectFrom }) =>
          selectFrom('slo_counts').select('key').where('hour_ms', '<', beforeMs).orderBy('hour_ms').limit(limit),
        ),
    );
    // With reversals, which have the times of what they take back.
    const corrections = await deleted(
      db
        .deleteFrom('slo_corrections')
        .where('id', 'in', ({ selectFrom }) =>
          selectFrom('slo_corrections').select('id').where('to_ms', '<', beforeMs).orderBy('to_ms').limit(limit),
        ),
    );
    const crossings = await deleted(
      db
        .deleteFrom('slo_crossings')
        .where('id', 'in', ({ selectFrom }) =>
          selectFrom('slo_crossings').select('id').where('at_ms', '<', beforeMs).orderBy('at_ms').limit(limit),
        ),
    );
    return Math.max(counts, corrections, crossings);
  },
  tokens: (db, beforeMs, limit) =>
    deleted(
      db.deleteFrom('tokens').where('id', 'in', ({ selectFrom }) =>
        selectFrom('tokens')
          .select('id')
          .where((where) => where.or([where('revoked_at_ms', '<', beforeMs), where('expires_at_ms', '<', beforeMs)]))
          .limit(limit),
      ),
    ),
};

async function deleted(query: { executeTakeFirst(): Promise<{ numDeletedRows: bigint }> }): Promise<number> {
  return Number((await query.executeTakeFirst()).numDeletedRows);
}

interface RetentionDependencies {
  readonly db: StoreDatabase;
  readonly options: RetentionOptions;
  readonly duty: Duty;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/** Deletes in small steps with pauses, so that reads and writes of the living rows come in between; only while active. */
export function createRetention({ db, options, duty, clock, logger, metrics }: RetentionDependencies) {
  const stopping = new AbortController();
  const faults = metrics.counter({
    name: 'sentinel_store_retention_faults_total',
    help: 'Rounds of deletion that failed.',
  });
  const tables = (Object.keys(steps) as RetainedTable[]).map((table) => {
    const help = 'Rows deleted because their retention time was over.';
    return { table, counter: metrics.counter({ name: 'sentinel_store_expired_rows_total', help, labels: { table } }) };
  });

  async function deleteExpired(): Promise<void> {
    for (const { table, counter } of tables) {
      const beforeMs = clock.nowMs() - options[table];
      for (;;) {
        const permit = duty.permit();
        if (permit === undefined) return;
        const count = await db.transaction().execute(async (transaction) => {
          await permit.verify(transaction);
          return steps[table](transaction, beforeMs, options.rowsPerStep);
        });
        counter.add(count);
        if (count < options.rowsPerStep || stopping.signal.aborted) break;
        await clock.sleep(PAUSE_MS, stopping.signal);
      }
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await deleteExpired();
      } catch (error) {
        faults.add(1);
        logger.warn({ error: messageOf(error) }, 'Old rows could not be deleted. The next round tries again.');
      }
      await clock.sleep(options.interval, stopping.signal);
    }
  }

  let running: Promise<void> | undefined;
  return {
    deleteExpired,
    start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
