import type { ColumnType, Kysely } from 'kysely';

/**
 * Column types that SQLite and PostgreSQL share: text, integer, bigint, double precision. Keys are texts made by the
 * program, times are milliseconds since the epoch, booleans are 0 and 1.
 */
export interface StoreTables {
  meta: MetaTable;
  anomalies: AnomalyTable;
  changes: ChangeTable;
  annotations: AnnotationTable;
  tokens: TokenTable;
  feedback: FeedbackTable;
  tunings: TuningTable;
  incidents: IncidentTable;
  incident_events: IncidentEventTable;
  incident_cases: IncidentCaseTable;
  slo_counts: SloCountTable;
  slo_corrections: SloCorrectionTable;
  slo_crossings: SloCrossingTable;
}

export type StoreDatabase = Kysely<StoreTables>;

/** PostgreSQL's driver reads it as text: wrap it in `Number()`. */
type Bigint = ColumnType<number | string, number, number>;
type NullableBigint = ColumnType<number | string | null, number | null, number | null>;

interface MetaTable {
  name: string;
  value: string;
}

/** `body` is the anomaly as JSON; the other columns repeat what is filtered and sorted by. */
export interface AnomalyTable {
  id: string;
  tenant: string;
  service: string;
  signal: string;
  series_id: string;
  state: string;
  border: string;
  start_ms: Bigint;
  end_ms: Bigint;
  peak_score: number;
  /** Lower case. */
  search: string;
  body: string;
}

export interface ChangeTable {
  id: string;
  tenant: string;
  kind: string;
  service: string;
  environment: string;
  time_ms: Bigint;
  from_value: string;
  to_value: string;
  source: string;
}

export interface AnnotationTable {
  key: string;
  state: string;
  grafana_id: NullableBigint;
  start_ms: Bigint;
  end_ms: NullableBigint;
  text: string;
  /** JSON. */
  tags: string;
  dirty: number;
  updated_at_ms: Bigint;
}

export interface TokenTable {
  id: string;
  name: string;
  role: string;
  /** SHA-256 of the secret, hex. */
  hash: string;
  created_at_ms: Bigint;
  last_used_at_ms: NullableBigint;
  expires_at_ms: NullableBigint;
  revoked_at_ms: NullableBigint;
}

/** `body` is the feedback as JSON; the other columns repeat what is filtered and sorted by. */
interface FeedbackTable {
  id: string;
  state: string;
  series_id: string;
  created_at_ms: Bigint;
  body: string;
}

/** `body` is the version with all its rules as JSON. */
interface TuningTable {
  version: Bigint;
  body: string;
}

/** `body` is the summary as JSON; the other columns repeat what is filtered and sorted by. */
export interface IncidentTable {
  id: string;
  tenant: string;
  state: string;
  severity: string;
  owner: string;
  /** 0 or 1. */
  demoted: number;
  start_ms: Bigint;
  end_ms: Bigint;
  /** Service names, each between line feeds, so that one can be looked for. */
  services: string;
  /** Lower case. */
  search: string;
  body: string;
}

/** Never changed once written. `fact` is JSON. */
export interface IncidentEventTable {
  /** Incident and sequence in one. */
  key: string;
  incident_id: string;
  sequence: number;
  at_ms: Bigint;
  actor: string;
  fact: string;
}

/** `body` is the case as JSON, compressed, in base64. */
export interface IncidentCaseTable {
  incident_id: string;
  at_ms: Bigint;
  body: string;
}

export interface SloCountTable {
  /** `budget/hour_ms`. */
  key: string;
  budget: string;
  hour_ms: Bigint;
  /** JSON: total and bad events of sixty minutes, one after the other; null where nobody knows. */
  minutes: string;
}

/** Never changed once written. */
export interface SloCorrectionTable {
  id: string;
  /** The entry that this one takes back. */
  reverses: string | null;
  from_ms: Bigint;
  to_ms: Bigint;
  /** JSON. */
  scope: string;
  reason: string;
  author: string;
  source: string;
  at_ms: Bigint;
}

/** Never changed once written. `body` is the crossing as JSON. */
export interface SloCrossingTable {
  id: string;
  slo: string;
  at_ms: Bigint;
  body: string;
}
