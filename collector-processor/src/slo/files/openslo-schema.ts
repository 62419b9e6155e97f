import { type Static, Type } from 'typebox';
import { closed, Texts } from '../../runtime/yaml/schema-parts.ts';

/** OpenSLO v1 (github.com/OpenSLO/OpenSLO), as far as a Prometheus-compatible source can serve it. */
const Lists = Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]));

const metadata = Type.Object({
  name: Type.String({ minLength: 1 }),
  displayName: Type.Optional(Type.String()),
  labels: Type.Optional(Lists),
  annotations: Type.Optional(Texts),
});

const source = Type.Object(
  {
    metricSource: Type.Object(
      {
        metricSourceRef: Type.Optional(Type.String()),
        type: Type.Optional(Type.String()),
        spec: Type.Object({ query: Type.String({ minLength: 1 }) }),
      },
      closed,
    ),
  },
  closed,
);

const indicatorSpec = Type.Object(
  {
    description: Type.Optional(Type.String()),
    thresholdMetric: Type.Optional(source),
    ratioMetric: Type.Optional(
      Type.Object(
        {
          counter: Type.Optional(Type.Boolean()),
          good: Type.Optional(source),
          bad: Type.Optional(source),
          total: Type.Optional(source),
          rawType: Type.Optional(Type.Enum(['success', 'failure'])),
          raw: Type.Optional(source),
        },
        closed,
      ),
    ),
  },
  closed,
);

const indicator = Type.Object({ metadata: Type.Optional(metadata), spec: indicatorSpec }, closed);
const operator = Type.Enum(['lte', 'gte', 'lt', 'gt']);

const objective = Type.Object(
  {
    displayName: Type.Optional(Type.String()),
    op: Type.Optional(operator),
    value: Type.Optional(Type.Number()),
    target: Type.Optional(Type.Number()),
    targetPercent: Type.Optional(Type.Number()),
    timeSliceTarget: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
    timeSliceWindow: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    indicator: Type.Optional(indicator),
    indicatorRef: Type.Optional(Type.String()),
    compositeWeight: Type.Optional(Type.Number()),
  },
  closed,
);

const timeWindow = Type.Object(
  {
    duration: Type.String(),
    isRolling: Type.Optional(Type.Boolean()),
    calendar: Type.Optional(Type.Object({ startTime: Type.String(), timeZone: Type.String() }, closed)),
  },
  closed,
);

const conditionSpec = Type.Object(
  {
    description: Type.Optional(Type.String()),
    severity: Type.String(),
    condition: Type.Object(
      {
        kind: Type.Optional(Type.Enum(['burnrate'])),
        op: operator,
        threshold: Type.Number(),
        lookbackWindow: Type.String(),
        alertAfter: Type.Optional(Type.String()),
      },
      closed,
    ),
  },
  closed,
);

const policySpec = Type.Object(
  {
    description: Type.Optional(Type.String()),
    alertWhenNoData: Type.Optional(Type.Boolean()),
    alertWhenResolved: Type.Optional(Type.Boolean()),
    alertWhenBreaching: Type.Optional(Type.Boolean()),
    conditions: Type.Array(
      Type.Object({
        conditionRef: Type.Optional(Type.String()),
        metadata: Type.Optional(metadata),
        spec: Type.Optional(conditionSpec),
      }),
      { minItems: 1, maxItems: 1 },
    ),
    notificationTargets: Type.Optional(Type.Array(Type.Unknown())),
  },
  closed,
);

const policyUse = Type.Object({
  alertPolicyRef: Type.Optional(Type.String()),
  metadata: Type.Optional(metadata),
  spec: Type.Optional(policySpec),
});

const sloSpec = Type.Object(
  {
    description: Type.Optional(Type.String()),
    service: Type.String({ minLength: 1 }),
    indicator: Type.Optional(indicator),
    indicatorRef: Type.Optional(Type.String()),
    timeWindow: Type.Optional(Type.Array(timeWindow, { minItems: 1, maxItems: 1 })),
    budgetingMethod: Type.Enum(['Occurrences', 'Timeslices', 'RatioTimeslices']),
    objectives: Type.Array(objective, { minItems: 1 }),
    alertPolicies: Type.Optional(Type.Array(policyUse)),
  },
  closed,
);

function kind<Spec extends Parameters<typeof Type.Object>[0][string]>(name: string, spec: Spec) {
  return Type.Object({ apiVersion: Type.Enum(['openslo/v1']), kind: Type.Enum([name]), metadata, spec }, closed);
}

/** One for each kind of document; what is told apart by name is looked up across all files. */
export const openSloSchemas = {
  SLO: kind('SLO', sloSpec),
  SLI: kind('SLI', indicatorSpec),
  AlertPolicy: kind('AlertPolicy', policySpec),
  AlertCondition: kind('AlertCondition', conditionSpec),
  DataSource: kind('DataSource', Type.Object({ type: Type.String() })),
  Service: kind('Service', Type.Object({})),
  AlertNotificationTarget: kind('AlertNotificationTarget', Type.Object({})),
} as const;

export type OpenSloKind = keyof typeof openSloSchemas;
export type OpenSlo = Static<(typeof openSloSchemas)['SLO']>;
export type OpenSloObjective = Static<typeof objective>;
export type OpenSloIndicator = Static<typeof indicatorSpec>;
export type OpenSloSource = Static<typeof source>;
export type OpenSloPolicy = Static<typeof policySpec>;
export type OpenSloCondition = Static<typeof conditionSpec>;
export type OpenSloWindow = Static<typeof timeWindow>;
