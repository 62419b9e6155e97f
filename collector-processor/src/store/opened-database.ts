import type { StoreDatabase } from './schema.ts';

/** A database that can be reached; whether it holds tables is not known yet. */
export interface OpenedDatabase {
  readonly db: StoreDatabase;
  /** PostgreSQL's schema that the tables are in; SQLite has none. */
  readonly schema?: string;
  /** Copies what is there, before it is changed; `version` is the migration it stands at. */
  readonly backup: (version: string) => Promise<void>;
  /** PostgreSQL: another connection to it, that waits for nothing which goes over the first ones. */
  readonly apart?: () => Promise<Pick<OpenedDatabase, 'db' | 'close'>>;
  close(): Promise<void>;
}
