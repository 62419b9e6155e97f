import type { Clock } from '../runtime/clock.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import { isPassingFault } from './is-passing-fault.ts';
import type { StoreDatabase } from './schema.ts';
import { type Batch, createWriteLane, type Write, type WriteLane, type WriteOutcome } from './write-lane.ts';

const ROWS_PER_COMMIT = 1_000;
const RETRY_DELAY_MS = 1_000;
const KEEP_ALIVE_MS = 60_000;

export interface WriteQueueOptions {
  readonly db: StoreDatabase;
  readonly queueSize: number;
  readonly commitInterval: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

export type Put<Row> = (write: Write<Row>) => Promise<WriteOutcome>;
type WriteRows<Row> = (db: StoreDatabase, rows: readonly Row[]) => Promise<void>;

export interface WriteQueue {
  /** Gives the function that queues rows of one table. */
  lane<Row>(table: string, write: WriteRows<Row>): Put<Row>;
  /** Why writes fail at present. */
  problem(): string | undefined;
  /** Writes what waits; what then cannot be written is counted and its writers are told. */
  close(): Promise<void>;
}

type CommitResult = 'done' | 'retry';

/**
 * Groups the writes of some milliseconds into one transaction, so that a storm of findings costs a few statements. A fault
 * that may pass (a lock, a full disk) keeps the rows and tries again; any other is laid to single rows, so that one bad row
 * does not take its neighbours.
 */
export function createWriteQueue(options: WriteQueueOptions): WriteQueue {
  const { db, queueSize, commitInterval, clock, logger, metrics } = options;
  const lanes: Pick<WriteLane<unknown>, 'take' | 'waiting'>[] = [];
  const closing = new AbortController();
  const commits = metrics.counter({ name: 'sentinel_store_commits_total', help: 'Groups of writes committed.' });
  const rows = metrics.counter({ name: 'sentinel_store_written_rows_total', help: 'Rows written.' });
  const retries = metrics.counter({
    name: 'sentinel_store_retries_total',
    help: 'Groups of writes put back after a fault.',
  });
  const failed = metrics.counter({ name: 'sentinel_store_failed_rows_total', help: 'Rows that could not be written.' });
  let running: Promise<void> | undefined;
  let problem: string | undefined;

  const isEmpty = (): boolean => lanes.every((lane) => lane.waiting() === 0);

  async function commit(): Promise<CommitResult> {
    const batches = lanes.map((lane) => lane.take(ROWS_PER_COMMIT)).filter(({ size }) => size > 0);
    try {
      await writeTogether(db, batches);
      commits.add(1);
      for (const batch of batches) {
        rows.add(batch.size);
        batch.settle({ kind: 'stored' });
      }
      problem = undefined;
      return 'done';
    } catch (error) {
      if (!isPassingFault(error)) {
        for (const batch of batches.flatMap((each) => each.split())) await commitAlone(batch);
        return 'done';
      }
      problem = messageOf(error);
      retries.add(1);
      logger.warn({ error: problem }, 'The store did not take a group of writes. They are kept and tried again.');
      for (const batch of batches) batch.putBack();
      return 'retry';
    }
  }

  async function commitAlone(batch: Batch): Promise<void> {
    try {
      await batch.write(db);
      rows.add(batch.size);
      batch.settle({ kind: 'stored' });
    } catch (error) {
      failed.add(batch.size);
      logger.error({ error: messageOf(error) }, 'The store refused a row.');
      batch.settle({ kind: 'failed', reason: messageOf(error) });
    }
  }

  async function run(): Promise<void> {
    // The clock's sleep would let the process end before its last rows are written.
    const alive = setInterval(() => undefined, KEEP_ALIVE_MS);
    let delayMs = commitInterval;
    while (!isEmpty() && !closing.signal.aborted) {
      await clock.sleep(delayMs, closing.signal);
      if (isEmpty()) break;
      delayMs = (await commit()) === 'done' ? commitInterval : RETRY_DELAY_MS;
    }
    clearInterval(alive);
    running = undefined;
  }

  return {
    lane<Row>(table: string, write: WriteRows<Row>): Put<Row> {
      const labels = { table };
      const dropped = metrics.counter({
        name: 'sentinel_store_dropped_updates_total',
        help: 'Updates of open findings that found the queue full.',
        labels,
      });
      const lane = createWriteLane<Row>({ size: queueSize, write, onDrop: () => dropped.add(1) });
      lanes.push(lane);
      const help = 'Rows that wait to be written.';
      metrics.gauge({ name: 'sentinel_store_queue_rows', help, labels }, () => lane.waiting());
      return (row) => {
        if (closing.signal.aborted) return Promise.resolve({ kind: 'failed', reason: 'The store is closed.' });
        const outcome = lane.put(row);
        running ??= run();
        return outcome;
      };
    },
    problem: () => problem,
    async close() {
      closing.abort();
      await running;
      while (!isEmpty() && (await commit()) === 'done');
      for (const lane of lanes) {
        const lost = lane.take(Infinity);
        failed.add(lost.size);
        lost.settle({ kind: 'failed', reason: problem ?? 'The store is closed.' });
      }
    },
  };
}

async function writeTogether(db: StoreDatabase, batches: readonly Batch[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const batch of batches) await batch.write(transaction);
  });
}
