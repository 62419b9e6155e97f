import { type Static, Type } from 'typebox';
import { closed, Texts } from '../../runtime/yaml/schema-parts.ts';

/** Pyrra's files (github.com/pyrra-dev/pyrra). */
const metric = Type.Object({ metric: Type.String({ minLength: 1 }) }, closed);
const grouping = Type.Optional(Type.Array(Type.String()));

export const pyrraSchema = Type.Object(
  {
    apiVersion: Type.Enum(['pyrra.dev/v1alpha1']),
    kind: Type.Enum(['ServiceLevelObjective']),
    metadata: Type.Object({
      name: Type.String({ minLength: 1 }),
      namespace: Type.Optional(Type.String()),
      labels: Type.Optional(Texts),
    }),
    spec: Type.Object(
      {
        description: Type.Optional(Type.String()),
        target: Type.Union([Type.String(), Type.Number()]),
        window: Type.String(),
        partial_response_strategy: Type.Optional(Type.String()),
        performanceOverAccuracy: Type.Optional(Type.Boolean()),
        ruleOutput: Type.Optional(Type.Unknown()),
        indicator: Type.Object(
          {
            ratio: Type.Optional(Type.Object({ errors: metric, total: metric, grouping }, closed)),
            latency: Type.Optional(Type.Object({ success: metric, total: metric, grouping }, closed)),
            latencyNative: Type.Optional(Type.Object({ total: metric, latency: Type.String(), grouping }, closed)),
            bool_gauge: Type.Optional(Type.Object({ metric: Type.String({ minLength: 1 }), grouping }, closed)),
          },
          closed,
        ),
        alerting: Type.Optional(
          Type.Object(
            {
              disabled: Type.Optional(Type.Boolean()),
              burnrates: Type.Optional(Type.Boolean()),
              absent: Type.Optional(Type.Boolean()),
              name: Type.Optional(Type.String()),
              absentName: Type.Optional(Type.String()),
              severities: Type.Optional(Type.Unknown()),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    status: Type.Optional(Type.Unknown()),
  },
  closed,
);

export type PyrraSlo = Static<typeof pyrraSchema>;
