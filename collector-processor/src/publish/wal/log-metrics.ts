import { codeOf, messageOf } from '../../runtime/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';

/** What is counted and told of one log on disk. */
export interface LogMetrics {
  readonly records: Counter;
  readonly bytes: Counter;
  readonly full: Counter;
  readonly removedSegments: Counter;
  readonly commitSeconds: { observe(seconds: number): void };
  /** A call of the file system failed. */
  failed(error: unknown): void;
  /** Bytes that are no record, although records stand behind them. */
  damaged(path: string, bytes: number): void;
  /** The end of the last segment was not written whole. */
  cut(path: string, bytes: number): void;
  /** A record of a backend. */
  lost(record: { readonly backend: string; readonly what: string; readonly reason: string }): void;
  /** One of the two files with the cursors; `copy` is where its bytes are kept. */
  cursorsUnreadable(path: string, reason: string, copy?: string): void;
  /** A segment that cannot be read at all. */
  setAside(path: string, reason: string): void;
  /** A damaged segment whose turn is over. */
  keptAside(path: string): void;
  /** A segment that had been set aside was removed for want of room. */
  droppedAside(path: string): void;
}

export const lostRecords = {
  name: 'sentinel_wal_losses_total',
  help: 'Records that could not be read any more, or whose delivery was forgotten.',
};
export const unreadableCursors = {
  name: 'sentinel_wal_cursor_files_unreadable_total',
  help: 'Files with cursors that could not be read at a start.',
};
const COMMIT_BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

const CURSORS_UNREADABLE =
  'One of the two files that say how far each backend has come cannot be read. The other one counts; without it, all that is in the log is sent again. Its bytes are kept as .unread.';

export interface LogMetricsParts {
  /** Which log: part of every name. */
  readonly log: 'wal' | 'dead_letters';
  readonly metrics: SelfMetrics;
  readonly logger: Logger;
  readonly folder: string;
}

export function createLogMetrics({ log, metrics, logger, folder }: LogMetricsParts): LogMetrics {
  const counter = (name: string, help: string, labels: Readonly<Record<string, string>> = {}): Counter =>
    metrics.counter({ name: `sentinel_${log}_${name}`, help, labels });
  const damagedBytes = counter('damaged_bytes_total', 'Bytes on disk that could not be read as records.');
  const cutBytes = counter('cut_bytes_total', 'Bytes of a tail that was not written whole, cut at the start.');
  const asideSegments = counter('segments_set_aside_total', 'Segments that could not be read, or not whole.');
  return {
    records: counter('records_total', 'Records that were made durable.'),
    bytes: counter('bytes_total', 'Their bytes.'),
    full: counter('full_total', 'Records that were turned away because the log had its full size.'),
    removedSegments: counter('segments_removed_total', 'Segments that were needed no more.'),
    commitSeconds: metrics.histogram(
      { name: `sentinel_${log}_commit_seconds`, help: 'Time of one write with its fdatasync.' },
      COMMIT_BOUNDS,
    ),
    failed(error) {
      const code = codeOf(error) || 'other';
      const text = code === 'ENOSPC' ? 'The disk is full.' : 'The disk failed.';
      counter('failures_total', 'Calls of the file system that failed.', { code }).add(1);
      logger.error({ log, folder, error: messageOf(error) }, text);
    },
    damaged(path, bytes) {
      damagedBytes.add(bytes);
      logger.error({ log, path, bytes }, 'A part of a segment cannot be read; the file is kept when its turn is over.');
    },
    cut(path, bytes) {
      cutBytes.add(bytes);
      logger.info({ log, path, bytes }, 'The last segment ended within a record; that part was never acknowledged.');
    },
    lost({ backend, what, reason }) {
      metrics.counter({ ...lostRecords, labels: { backend, what } }).add(1);
      logger.error({ backend, what, reason }, 'The write-ahead log lost track of a record.');
    },
    cursorsUnreadable(path, reason, copy) {
      metrics.counter(unreadableCursors).add(1);
      logger.warn({ log, path, reason, copy }, CURSORS_UNREADABLE);
    },
    setAside(path, reason) {
      asideSegments.add(1);
      logger.error({ log, path, reason }, 'A segment cannot be read and was set aside as .unread.');
    },
    keptAside(path) {
      asideSegments.add(1);
      logger.warn(
        { log, path },
        'A damaged segment was set aside as .damaged; what could be read of it was delivered.',
      );
    },
    droppedAside(path) {
      counter('set_aside_removed_total', 'Segments that had been set aside and were removed for want of room.').add(1);
      logger.warn({ log, path }, 'A segment that had been set aside was removed for want of room.');
    },
  };
}
