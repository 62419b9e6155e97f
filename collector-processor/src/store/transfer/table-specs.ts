import type { StoreTables } from '../schema.ts';

export type TableName = keyof StoreTables;
export type Row = Readonly<Record<string, string | number | null>>;

interface TableSpec<Name extends TableName> {
  /** Unique; tables are read in its order. */
  readonly key: keyof StoreTables[Name] & string;
  /** PostgreSQL's driver gives large integers as text: here stands what is meant. */
  readonly columns: Readonly<Record<keyof StoreTables[Name], 'text' | 'number'>>;
}

/** Every table with every column, so that a new one cannot be forgotten by backups and migrations. */
export const tableSpecs: { readonly [Name in TableName]: TableSpec<Name> } = {
  meta: { key: 'name', columns: { name: 'text', value: 'text' } },
  anomalies: {
    key: 'id',
    columns: {
      id: 'text',
      tenant: 'text',
      service: 'text',
      signal: 'text',
      series_id: 'text',
      state: 'text',
      border: 'text',
      start_ms: 'number',
      end_ms: 'number',
      peak_score: 'number',
      search: 'text',
      body: 'text',
    },
  },
  changes: {
    key: 'id',
    columns: {
      id: 'text',
      tenant: 'text',
      kind: 'text',
      service: 'text',
      environment: 'text',
      time_ms: 'number',
      from_value: 'text',
      to_value: 'text',
      source: 'text',
    },
  },
  annotations: {
    key: 'key',
    columns: {
      key: 'text',
      state: 'text',
      grafana_id: 'number',
      start_ms: 'number',
      end_ms: 'number',
      text: 'text',
      tags: 'text',
      dirty: 'number',
      updated_at_ms: 'number',
    },
  },
  tokens: {
    key: 'id',
    columns: {
      id: 'text',
      name: 'text',
      role: 'text',
      hash: 'text',
      created_at_ms: 'number',
      last_used_at_ms: 'number',
      expires_at_ms: 'number',
      revoked_at_ms: 'number',
    },
  },
  feedback: {
    key: 'id',
    columns: { id: 'text', state: 'text', series_id: 'text', created_at_ms: 'number', body: 'text' },
  },
  tunings: { key: 'version', columns: { version: 'number', body: 'text' } },
  incidents: {
    key: 'id',
    columns: {
      id: 'text',
      tenant: 'text',
      state: 'text',
      severity: 'text',
      owner: 'text',
      demoted: 'number',
      start_ms: 'number',
      end_ms: 'number',
      services: 'text',
      search: 'text',
      body: 'text',
    },
  },
  incident_events: {
    key: 'key',
    columns: {
      key: 'text',
      incident_id: 'text',
      sequence: 'number',
      at_ms: 'number',
      actor: 'text',
      fact: 'text',
    },
  },
  incident_cases: { key: 'incident_id', columns: { incident_id: 'text', at_ms: 'number', body: 'text' } },
  slo_counts: { key: 'key', columns: { key: 'text', budget: 'text', hour_ms: 'number', minutes: 'text' } },
  slo_corrections: {
    key: 'id',
    columns: {
      id: 'text',
      reverses: 'text',
      from_ms: 'number',
      to_ms: 'number',
      scope: 'text',
      reason: 'text',
      author: 'text',
      source: 'text',
      at_ms: 'number',
    },
  },
  slo_crossings: { key: 'id', columns: { id: 'text', slo: 'text', at_ms: 'number', body: 'text' } },
};

export const tableNames = Object.keys(tableSpecs) as TableName[];
