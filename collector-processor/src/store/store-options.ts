/** The section `store` of the settings, resolved: durations in milliseconds. */
export interface StoreOptions {
  /** Of a PostgreSQL database; empty: the SQLite file. */
  readonly url: string;
  readonly postgres: PostgresOptions;
  /** SQLite file; `:memory:` keeps nothing. */
  readonly path: string;
  readonly busyTimeout: number;
  readonly maxWaiting: number;
  readonly queueSize: number;
  readonly commitInterval: number;
  /** Tokens there may be, revoked and expired ones included until their retention is over. */
  readonly maxTokens: number;
  /** Damaged files that are kept under another name. */
  readonly maxSetAside: number;
  readonly retention: RetentionOptions;
}

export interface PostgresOptions {
  /** The tables are in a schema of their own. */
  readonly schema: string;
  readonly maxConnections: number;
  readonly connectTimeout: number;
  readonly statementTimeout: number;
  readonly lease: LeaseOptions;
}

/** Milliseconds. */
export interface LeaseOptions {
  readonly duration: number;
  readonly renewEvery: number;
}

export interface RetentionOptions {
  readonly anomalies: number;
  readonly changes: number;
  readonly annotations: number;
  readonly tokens: number;
  readonly feedback: number;
  readonly incidents: number;
  readonly slos: number;
  readonly interval: number;
  readonly rowsPerStep: number;
}
