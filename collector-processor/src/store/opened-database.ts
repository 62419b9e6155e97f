import type { StoreDatabase } from './schema.ts';

/** A database that can be reached; whether it holds tables is not known yet. */
export interface OpenedDatabase {
  readonly db: StoreDatabase;
  /** PostgreSQL's schema that the tables are in; SQLite has none. */
  readonly schema?: string;
  /** Copies what is there, before it is changed; `version` is the migration it stands at. */
  readonly backup: (version: string) => Promise<void>;
  close(): Promise<void>;
}
