import { Type } from 'typebox';
import type { Measure } from '../../model/anomaly.ts';
import { Integer } from '../types.ts';

/** Names of detectors and of questions. */
export function Without(description: string) {
  return Type.Array(Type.String({ minLength: 1 }), { default: [], maxItems: 50, description });
}

const closed = { additionalProperties: false } as const;
const name = (what: string) => Type.Optional(Type.String({ minLength: 1, description: what }));
const number = (what: string, minimum = 0) => Type.Optional(Type.Number({ minimum, description: what }));
const minute = (what: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 1440, description: what }));

const scope = Type.Object(
  {
    tenant: Type.String({ default: '', description: 'Tenant that it is for.' }),
    series_id: name('Series.'),
    service: name('Service.'),
    environment: name('Environment.'),
    metric: name('Metric.'),
    operation: name('Operation.'),
    measure: Type.Optional(
      Type.Unsafe<Measure>({ type: 'string', minLength: 1, description: 'Measure, such as new_template.' }),
    ),
    peer: name('Callee of an edge.'),
  },
  { ...closed, description: 'Whom the rule concerns: everything that agrees in all that is named.' },
);

const window = Type.Object(
  {
    days: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), { description: 'Of the week, UTC; 0 is Sunday.' }),
    ),
    from_minute: minute('First minute of the day, UTC.'),
    to_minute: minute('Minute at which it ends, UTC.'),
  },
  { ...closed, description: 'When it acts; always, without one.' },
);

const rule = Type.Object(
  {
    scope,
    window: Type.Optional(window),
    threshold: number('The score that is the notice border here.', 0.1),
    direction: Type.Optional(Type.Enum(['up', 'down', 'both'], { description: 'The direction that is news.' })),
    minimum_change: number('A smaller change is no finding, in units of the measure.'),
    minimum_share: number('A smaller change is no finding, as a share of what was expected.'),
  },
  closed,
);

/** A second configuration, compared with the live one. */
export const shadowSection = Type.Object(
  {
    enabled: Type.Boolean({ default: false, description: 'Compare this configuration with the live one.' }),
    max_series: Integer(
      2_000,
      'Series on which they are compared, the first that come; about 200 bytes each, and as much as in the live store where ' +
        'other detectors are asked.',
      [1, 100_000],
    ),
    max_kept: Integer(200, 'Findings that only one of the two told, kept for the API.', [1, 10_000]),
    notice_surprise: Type.Number({
      default: 0,
      minimum: 0,
      description: 'As `score.notice_surprise`, for the shadow. 0: as live.',
    }),
    page_score: Type.Number({ default: 0, minimum: 0, description: 'As `score.page_score`. 0: as live.' }),
    without: Without('As `score.without`: all that is not asked, also what is not asked live.'),
    live_rules: Type.Boolean({ default: true, description: 'The rules that came of feedback hold here too.' }),
    rules: Type.Array(rule, {
      default: [],
      maxItems: 500,
      description: 'Rules beside those; each takes the place of one for the same series and times.',
    }),
  },
  {
    ...closed,
    default: {},
    description: 'A second configuration that sees the same steps, counts what it would have told, and tells nobody.',
  },
);
