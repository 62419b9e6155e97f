import { Type } from 'typebox';
import { Duration, Integer, Text } from '../types.ts';

const retention = Type.Object(
  {
    anomalies: Duration('90d', 'Findings, counted from their end.', { least: '1h', most: '36500d' }),
    changes: Duration('365d', 'Deploys, configuration and flag changes.', { least: '1h', most: '36500d' }),
    annotations: Duration('90d', 'The ledger of Grafana annotations, counted from the last edit of a closed one.', {
      least: '1h',
      most: '36500d',
    }),
    tokens: Duration('90d', 'Tokens that were revoked or have expired.', { least: '1h', most: '36500d' }),
    feedback: Duration('365d', 'What people said of findings, counted from when they did. Rules stay.', {
      least: '1h',
      most: '36500d',
    }),
    incidents: Duration('365d', 'Closed incidents with their timelines, counted from their end.', {
      least: '1h',
      most: '36500d',
    }),
    slos: Duration('400d', 'Events of error budgets; at least as long as the longest window of an SLO.', {
      least: '1h',
      most: '36500d',
    }),
    interval: Duration('10m', 'Time between two rounds of deletion.', { least: '1s' }),
    rows_per_step: Integer(500, 'Rows deleted by one statement; reads and writes come in between.', 1),
  },
  { additionalProperties: false, default: {}, description: 'How long rows are kept, table by table.' },
);

const lease = Type.Object(
  {
    duration: Duration('10s', 'How long the active process is taken to be alive after its last sign of life.', {
      least: '1s',
      most: '1h',
    }),
    renew_every: Duration('3s', 'Time between two signs of life; at most a third of the duration.', {
      least: '100ms',
      most: '20m',
    }),
  },
  {
    additionalProperties: false,
    default: {},
    description: 'Of several processes on one schema one is active; another takes over when its lease ends.',
  },
);

const postgres = Type.Object(
  {
    schema: Type.String({
      default: 'sentinel',
      pattern: '^[a-z_][a-z0-9_]{0,40}$',
      description: 'Schema of the tables; it is created. Installations that share a database need one each.',
    }),
    max_connections: Integer(4, 'Connections at a time.', 1),
    connect_timeout: Duration('5s', 'Longest time to get a connection.', { least: '100ms', most: '1h' }),
    statement_timeout: Duration('10s', 'Longest time for one statement; the server ends it.', {
      least: '100ms',
      most: '1h',
    }),
    lease,
  },
  { additionalProperties: false, default: {}, description: 'For PostgreSQL only.' },
);

/** What must survive a restart. */
export const storeSection = Type.Object(
  {
    url: Text(
      '',
      'PostgreSQL 13 or later, such as postgres://sentinel:${env:PGPASSWORD}@db:5432/sentinel?sslmode=verify-full; empty: the SQLite file.',
    ),
    postgres,
    path: Text('data/sentinel.db', 'SQLite file. The folder is created; `:memory:` keeps nothing.'),
    busy_timeout: Duration('5s', 'How long a statement waits for another process, such as the command line.', {
      least: '10ms',
      most: '1h',
    }),
    max_waiting: Integer(1_000, 'Statements that may wait for the store; more are refused (API: 503).', 1),
    queue_size: Integer(
      10_000,
      'Rows of one table that may wait to be written. Beyond it updates of open findings are dropped and counted.',
      1,
    ),
    commit_interval: Duration('50ms', 'Writes of this time share one transaction.', { least: '1ms', most: '1m' }),
    max_tokens: Integer(
      1_000,
      'Tokens of the API there may be; revoked and expired ones count until their retention is over.',
      1,
    ),
    max_set_aside: Integer(3, 'Damaged store files that are kept beside a fresh one; the oldest are deleted.', 1),
    retention,
  },
  { additionalProperties: false, default: {}, description: 'Findings, changes, tokens and the ledger of annotations.' },
);
