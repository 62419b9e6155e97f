import { Type } from 'typebox';
import { Duration, Integer, Size, Text } from '../types.ts';
import { auth } from './backend.ts';
import { maintenanceSetting } from './maintenance.ts';

const prometheus = Type.Object(
  {
    url: Text(
      '',
      'Server that speaks the API of Prometheus, before /api/v1/query_range; empty: that of the first victoriametrics backend, with ' +
        'its headers and auth; `none`: nobody is asked.',
    ),
    headers: Type.Record(Type.String(), Type.String(), {
      default: {},
      description: 'Headers on every query to `url`.',
    }),
    auth,
    tenant: Text('', 'Tenant whose series are asked for.'),
    every: Duration(
      '1m',
      'Time between two queries of an objective, and how far each looks back: at least two scrapes where Prometheus is asked.',
      {
        least: '1m',
        most: '1h',
      },
    ),
    lag: Duration('1m', 'Newer values are not asked for yet. 0s: all are.', { least: '0s', most: '1h' }),
    again: Duration('5m', 'What was asked before is asked again so far back, for values that came late. 0s: never.', {
      least: '0s',
      most: '1h',
    }),
    max_steps: Integer(
      1_000,
      'Steps of one answer; the window of an objective is asked for in so many at a time.',
      [60, 10_000],
    ),
    queries_per_second: Type.Number({
      default: 2,
      exclusiveMinimum: 0,
      maximum: 100,
      description: 'Queries a second, one at a time.',
    }),
    retry_after: Duration('30s', 'When a failed query is asked again.', { least: '1s' }),
    timeout: Duration('30s', 'Longest time for one query.', { least: '100ms' }),
    max_answer_size: Size('16MiB', 'Bytes of one answer; after a longer one less is asked for.', { least: '64KiB' }),
  },
  { additionalProperties: false, default: {}, description: 'Where the events of objectives on queries are asked for.' },
);

/** Objectives and their error budgets. */
export const sloSection = Type.Object(
  {
    files: Type.Array(Type.String({ minLength: 1 }), {
      default: [],
      maxItems: 100,
      description:
        'Files, or folders with `*.yaml` and `*.yml`, of objectives: OpenSLO v1, Sloth, Pyrra or `sentinel/v1`.',
    }),
    max_budgets: Integer(200, 'Error budgets that are kept; each takes 9 bytes for every minute of its window.', 1),
    max_corrections: Integer(1_000, 'Corrections in force that still touch a window; more are refused.', 1),
    prometheus,
    maintenance: maintenanceSetting,
  },
  { additionalProperties: false, default: {}, description: 'Objectives and error budgets.' },
);
