import { randomUUID } from 'node:crypto';
import type { Migration } from 'kysely/migration';
import type { AnnotationLedger } from '../model/annotation-ledger.ts';
import type { CountLedger } from '../model/slo-counts.ts';
import type { CrossingLedger } from '../model/slo-crossing.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import { createAnnotationStore } from './annotation-store.ts';
import { type AnomalyStore, createAnomalyStore } from './anomaly-store.ts';
import { type ChangeStore, createChangeStore } from './change-store.ts';
import { alwaysActive, type Duty } from './duty.ts';
import { createFeedbackStore, type FeedbackStore } from './feedback-store.ts';
import { createIncidentCaseStore, type IncidentCaseStore } from './incident-case-store.ts';
import { createIncidentStore, type IncidentStore } from './incident-store.ts';
import { joinLease } from './lease/join-lease.ts';
import { migrate } from './migrations/migrate.ts';
import { migrations as released } from './migrations/migrations.ts';
import type { OpenedDatabase } from './opened-database.ts';
import { createRetention } from './retention.ts';
import type { StoreDatabase } from './schema.ts';
import { type CorrectionStore, createSloCorrectionStore } from './slo-correction-store.ts';
import { createSloCountStore } from './slo-count-store.ts';
import { createSloCrossingStore } from './slo-crossing-store.ts';
import type { StoreOptions } from './store-options.ts';
import { createTokenStore, type TokenStore } from './token-store.ts';
import { createTuningStore, type TuningStore } from './tuning-store.ts';
import { createWriteQueue } from './write-queue.ts';

/** What must survive a restart. */
export interface Store {
  readonly anomalies: AnomalyStore;
  readonly changes: ChangeStore;
  readonly annotations: AnnotationLedger;
  readonly tokens: TokenStore;
  readonly feedback: FeedbackStore;
  readonly tunings: TuningStore;
  readonly incidents: IncidentStore;
  readonly incidentCases: IncidentCaseStore;
  readonly sloCounts: CountLedger;
  readonly sloCorrections: CorrectionStore;
  readonly sloCrossings: CrossingLedger;
  /** Made with the store; names this installation. */
  readonly instanceId: string;
  /** Whether this process is the active one on it. */
  readonly duty: Duty;
  /** Why writes fail at present; undefined when they do not. */
  problem(): string | undefined;
  /** Deletes what is older than its retention time. Runs by itself too. */
  deleteExpired(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreDependencies {
  readonly options: StoreOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
  /** Whether a damaged file may be set aside (default). Not beside a running sidecar, which still writes to it. */
  readonly mayReplace?: boolean;
  /** Takes part in the lease of a PostgreSQL store; without it (the command line) nothing is fenced. */
  readonly takesDuty?: boolean;
  /** For tests of later releases. */
  readonly migrations?: Readonly<Record<string, Migration>>;
}

export type DatabaseDependencies = StoreDependencies & OpenedDatabase;

/** The store over any database that Kysely reaches: the same code for SQLite and PostgreSQL. */
export async function createStore(dependencies: DatabaseDependencies): Promise<Store> {
  const { db, options, clock, logger, metrics, migrations = released } = dependencies;
  const lease = dependencies.takesDuty === true ? await joinLease(dependencies, migrations) : undefined;
  const duty = lease?.duty ?? alwaysActive;
  if (lease === undefined) await migrate({ ...dependencies, migrations });
  const instanceId = await readInstanceId(db).catch(async (error: unknown) => {
    await lease?.leave();
    throw error;
  });
  const { queueSize, commitInterval } = options;
  const queue = createWriteQueue({ db, queueSize, commitInterval, duty, clock, logger, metrics });
  const retention = createRetention({ db, options: options.retention, duty, clock, logger, metrics });
  duty.onChange((state) => {
    if (state === 'standby') queue.discard();
  });
  retention.start();

  return {
    anomalies: createAnomalyStore(db, queue, metrics),
    changes: createChangeStore(db, queue),
    annotations: createAnnotationStore(db, queue),
    incidents: createIncidentStore(db, queue),
    incidentCases: createIncidentCaseStore(db, queue),
    sloCounts: createSloCountStore(db, queue),
    sloCorrections: createSloCorrectionStore(db),
    sloCrossings: createSloCrossingStore(db, queue),
    tokens: createTokenStore({ db, maxTokens: options.maxTokens, clock, metrics }),
    feedback: createFeedbackStore(db),
    tunings: createTuningStore(db),
    instanceId,
    duty,
    problem: () => queue.problem(),
    deleteExpired: () => retention.deleteExpired(),
    async close() {
      await retention.stop();
      await queue.close();
      await lease?.leave();
      await dependencies.close();
    },
  };
}

async function readInstanceId(db: StoreDatabase): Promise<string> {
  await db
    .insertInto('meta')
    .values({ name: 'instance_id', value: randomUUID() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const row = db.selectFrom('meta').select('value').where('name', '=', 'instance_id');
  return (await row.executeTakeFirstOrThrow()).value;
}
