import type { Files } from './files.ts';
import type { LogRecord } from './record.ts';
import type { SegmentLog } from './segment-log.ts';

/** How a record stands to one backend when it is appended: sent from memory, to be read from the log, or not owed. */
export type Stand = 'live' | 'stored' | 'not_owed';

export interface FeedParts {
  readonly name: string;
  readonly log: SegmentLog;
  readonly files: Files;
  /** Whether the backend of that name is owed the record. */
  readonly isOwed: (record: LogRecord, name: string) => boolean;
  /** A record could not be read, or what was settled had to be forgotten. */
  readonly onLoss: (what: 'unreadable' | 'forgotten', reason: string) => void;
}
