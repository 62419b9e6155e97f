import { type Static, Type } from 'typebox';
import { closed, Texts } from '../../runtime/yaml/schema-parts.ts';

/** Sentinel's own short form, `sentinel/v1`. */
const query = Type.String({
  minLength: 1,
  description: 'Write a PromQL query, with [{{.window}}] or without a range.',
});

const requests = Type.Object(
  {
    service: Type.Optional(Type.String({ minLength: 1 })),
    environment: Type.Optional(Type.String()),
    operation: Type.Optional(Type.String()),
    slower_than: Type.Optional(Type.String()),
  },
  closed,
);

const indicator = Type.Object(
  {
    requests: Type.Optional(requests),
    ratio: Type.Optional(Type.Object({ good: Type.Optional(query), bad: Type.Optional(query), total: query }, closed)),
    threshold: Type.Optional(
      Type.Object(
        { query, is: Type.Enum(['<', '<=', '>', '>=']), value: Type.Number(), slice: Type.Optional(Type.String()) },
        closed,
      ),
    ),
  },
  closed,
);

const alert = Type.Object(
  {
    enabled: Type.Optional(Type.Boolean()),
    labels: Type.Optional(Texts),
    annotations: Type.Optional(Texts),
  },
  closed,
);

const slo = Type.Object(
  {
    name: Type.String({ pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]*$', description: 'Use letters, digits, -, _ and dots.' }),
    display_name: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    service: Type.String({ minLength: 1 }),
    objective: Type.Number({ description: 'Write a percentage, such as 99.9.' }),
    window: Type.Optional(Type.String()),
    time_zone: Type.Optional(Type.String()),
    labels: Type.Optional(Texts),
    indicator,
    alerts: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String()),
          page: Type.Optional(alert),
          ticket: Type.Optional(alert),
          absent: Type.Optional(Type.Boolean()),
          min_events: Type.Optional(Type.Integer({ minimum: 0 })),
          min_failures: Type.Optional(Type.Integer({ minimum: 1 })),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const ownSchema = Type.Object({ version: Type.Enum(['sentinel/v1']), slos: Type.Array(slo) }, closed);

export type OwnFile = Static<typeof ownSchema>;
export type OwnSlo = Static<typeof slo>;
export type OwnAlert = Static<typeof alert>;
