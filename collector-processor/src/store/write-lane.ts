import type { StoreDatabase } from './schema.ts';

/** What became of a write. A caller that must know waits for it; nobody has to. */
export type WriteOutcome =
  | { readonly kind: 'stored' }
  /** An update that found the queue full. */
  | { readonly kind: 'dropped' }
  | { readonly kind: 'failed'; readonly reason: string };

export interface Write<Row> {
  readonly key: string;
  readonly row: Row;
  /** A later write will say the same or more, so that this one may be lost when the queue is full. */
  readonly droppable: boolean;
}

/** Rows on their way into one transaction. */
export interface Batch {
  readonly size: number;
  write(db: StoreDatabase): Promise<void>;
  settle(outcome: WriteOutcome): void;
  /** Back to the queue; a row that was written to meanwhile keeps its newer state. */
  putBack(): void;
  split(): Batch[];
}

export interface WriteLane<Row> {
  put(write: Write<Row>): Promise<WriteOutcome>;
  take(limit: number): Batch;
  waiting(): number;
}

interface Entry<Row> extends Write<Row> {
  readonly outcome: Promise<WriteOutcome>;
  readonly settle: (outcome: WriteOutcome) => void;
}

interface LaneOptions<Row> {
  readonly size: number;
  readonly write: (db: StoreDatabase, rows: readonly Row[]) => Promise<void>;
  readonly onDrop: () => void;
}

/**
 * Rows of one table that wait to be written, the newest state of each key only. Beyond `size` keys, updates of rows that
 * are not waiting are dropped, and a row that must not be lost takes the place of an update; when there is none to
 * displace, it is refused, and its writer is told.
 */
export function createWriteLane<Row>({ size, write, onDrop }: LaneOptions<Row>): WriteLane<Row> {
  const entries = new Map<string, Entry<Row>>();
  /** Keys of the rows that may be lost, oldest first. */
  const droppable = new Set<string>();

  function hold(entry: Entry<Row>): void {
    entries.set(entry.key, entry);
    if (entry.droppable) droppable.add(entry.key);
    else droppable.delete(entry.key);
  }

  function release(key: string): Entry<Row> | undefined {
    const entry = entries.get(key);
    entries.delete(key);
    droppable.delete(key);
    return entry;
  }

  function displaceUpdate(): boolean {
    for (const key of droppable) {
      release(key)?.settle({ kind: 'dropped' });
      onDrop();
      return true;
    }
    return false;
  }

  function putBack(taken: readonly Entry<Row>[]): void {
    for (const older of taken) {
      const newer = entries.get(older.key);
      if (newer === undefined) hold(older);
      else {
        hold({ ...newer, droppable: newer.droppable && older.droppable });
        void newer.outcome.then(older.settle);
      }
    }
  }

  function createBatch(taken: readonly Entry<Row>[]): Batch {
    return {
      size: taken.length,
      write: (db) =>
        write(
          db,
          taken.map(({ row }) => row),
        ),
      settle: (outcome) => taken.forEach((entry) => entry.settle(outcome)),
      putBack: () => putBack(taken),
      split: () => taken.map((entry) => createBatch([entry])),
    };
  }

  return {
    put(asked) {
      const known = entries.get(asked.key);
      if (known !== undefined) {
        hold({ ...known, row: asked.row, droppable: known.droppable && asked.droppable });
        return known.outcome;
      }
      if (entries.size >= size && asked.droppable) {
        onDrop();
        return Promise.resolve({ kind: 'dropped' });
      }
      if (entries.size >= size && !displaceUpdate()) {
        return Promise.resolve({ kind: 'failed', reason: 'The queue of the store is full.' });
      }
      const { promise: outcome, resolve: settle } = Promise.withResolvers<WriteOutcome>();
      hold({ ...asked, outcome, settle });
      return outcome;
    },
    take(limit) {
      const taken: Entry<Row>[] = [];
      for (const [key, entry] of entries) {
        if (taken.length >= limit) break;
        taken.push(entry);
        release(key);
      }
      return createBatch(taken);
    },
    waiting: () => entries.size,
  };
}
