import type { Clock } from '../runtime/clock.ts';
import { messageOf } from '../runtime/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import { type Duty, DutyLost, type Permit } from './duty.ts';
import { isPassingFault } from './is-passing-fault.ts';
import type { StoreDatabase } from './schema.ts';
import { type Batch, createWriteLane, type Write, type WriteLane, type WriteOutcome } from './write-lane.ts';

const ROWS_PER_COMMIT = 1_000;
const RETRY_DELAY_MS = 1_000;
const KEEP_ALIVE_MS = 60_000;
const OFF_DUTY = 'Another process is the active one on the store.';

export interface WriteQueueOptions {
  readonly db: StoreDatabase;
  readonly queueSize: number;
  readonly commitInterval: number;
  readonly duty: Duty;
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
  /** What waits will not be written: its writers are told. */
  discard(): void;
  /** Writes what waits; what then cannot be written is counted and its writers are told. */
  close(): Promise<void>;
}

type CommitResult = 'done' | 'retry';

/**
 * Groups the writes of some milliseconds into one transaction, so that a storm of findings costs a few statements. A fault
 * that may pass (a lock, a full disk) keeps the rows and tries again; any other is laid to single rows, so that one bad row
 * does not take its neighbours. Each transaction first proves that this process is the active one; while it is not sure to
 * be, rows wait.
 */
export function createWriteQueue(options: WriteQueueOptions): WriteQueue {
  const { db, queueSize, commitInterval, duty, clock, logger, metrics } = options;
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
    const permit = duty.permit();
    if (permit === undefined) return 'retry';
    const batches = lanes.map((lane) => lane.take(ROWS_PER_COMMIT)).filter(({ size }) => size > 0);
    try {
      await writeTogether(db, batches, permit);
      commits.add(1);
      for (const batch of batches) {
        rows.add(batch.size);
        batch.settle({ kind: 'stored' });
      }
      problem = undefined;
      return 'done';
    } catch (error) {
      if (error instanceof DutyLost) {
        for (const batch of batches) refuse(batch, error.message);
        return 'done';
      }
      if (!isPassingFault(error)) {
        for (const batch of batches.flatMap((each) => each.split())) await commitAlone(batch, permit);
        return 'done';
      }
      problem = messageOf(error);
      retries.add(1);
      logger.warn({ error: problem }, 'The store did not take a group of writes. They are kept and tried again.');
      for (const batch of batches) keepForLater(batch);
      return 'retry';
    }
  }

  function refuse(batch: Batch, reason: string): void {
    failed.add(batch.size);
    batch.settle({ kind: 'failed', reason });
  }

  /** Not those of a process that has meanwhile been replaced. */
  function keepForLater(batch: Batch): void {
    if (duty.state() === 'standby') refuse(batch, OFF_DUTY);
    else batch.putBack();
  }

  async function commitAlone(batch: Batch, permit: Permit): Promise<void> {
    try {
      await writeTogether(db, [batch], permit);
      rows.add(batch.size);
      batch.settle({ kind: 'stored' });
    } catch (error) {
      logger.error({ error: messageOf(error) }, 'The store refused a row.');
      refuse(batch, messageOf(error));
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
        if (duty.state() === 'standby') return Promise.resolve({ kind: 'failed', reason: OFF_DUTY });
        const outcome = lane.put(row);
        running ??= run();
        return outcome;
      };
    },
    problem: () => problem,
    discard() {
      problem = undefined;
      for (const lane of lanes) refuse(lane.take(Infinity), OFF_DUTY);
    },
    async close() {
      closing.abort();
      await running;
      while (!isEmpty() && (await commit()) === 'done');
      for (const lane of lanes) refuse(lane.take(Infinity), problem ?? 'The store is closed.');
    },
  };
}

async function writeTogether(db: StoreDatabase, batches: readonly Batch[], permit: Permit): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await permit.verify(transaction);
    for (const batch of batches) await batch.write(transaction);
  });
}
