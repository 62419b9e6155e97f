/** The section `store` of the settings, resolved: durations in milliseconds. */
export interface StoreOptions {
  /** SQLite file; `:memory:` keeps nothing. */
  readonly path: string;
  readonly busyTimeout: number;
  readonly maxWaiting: number;
  readonly queueSize: number;
  readonly commitInterval: number;
  readonly retention: RetentionOptions;
}

export interface RetentionOptions {
  readonly anomalies: number;
  readonly changes: number;
  readonly annotations: number;
  readonly tokens: number;
  readonly interval: number;
  readonly rowsPerStep: number;
}
