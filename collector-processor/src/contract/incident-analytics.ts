import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { IncidentSummary } from './incident.ts';
import { NumberOrNull, TimeMs } from './nullable.ts';

const Duration = Type.Object(
  {
    incidents: Type.Integer({ minimum: 0, description: 'That have one.' }),
    medianMs: NumberOrNull('null without any.'),
    meanMs: NumberOrNull('null without any.'),
  },
  { title: 'IncidentDuration', additionalProperties: false },
);

const DetectorNoise = Type.Object(
  {
    detector: Type.String(),
    findings: Type.Integer({ minimum: 0, description: 'That it agreed with.' }),
    unneeded: Type.Integer({
      minimum: 0,
      description: 'Of these, in incidents that ended by themselves before anybody cared.',
    }),
    noise: Type.Number({ description: 'Unneeded ones as a share.' }),
  },
  { title: 'DetectorNoise', additionalProperties: false },
);

export const IncidentAnalytics = Type.Object(
  {
    incidents: Type.Integer({ minimum: 0 }),
    alarmsPerIncident: NumberOrNull('Findings in one, in the mean; null without incidents.'),
    acknowledge: Duration,
    resolve: Duration,
    detectors: Type.Array(DetectorNoise, { description: 'Noisiest first.' }),
    complete: Type.Boolean({ description: 'False: only the newest were counted.' }),
  },
  {
    title: 'IncidentAnalytics',
    additionalProperties: false,
    description:
      'Time to acknowledge (from opening until somebody took it) and to resolve (until nothing fired any more).',
  },
);
export type IncidentAnalytics = Immutable<Static<typeof IncidentAnalytics>>;

export const IncidentAnalyticsQuery = Type.Object(
  {
    tenant: Type.Optional(Type.String({ maxLength: 500 })),
    service: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 })),
    from: Type.Optional(TimeMs('Incidents that end at or after this')),
    to: Type.Optional(TimeMs('Incidents that start before this')),
  },
  { additionalProperties: false },
);

export const SimilarIncidents = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          incident: IncidentSummary,
          similarity: Type.Number({ description: 'Of both together the share that both show, 0 to 1.' }),
          shared: Type.Array(Type.String(), { description: 'What both show: service and what was odd about it.' }),
        },
        { title: 'SimilarIncident', additionalProperties: false },
      ),
    ),
  },
  { title: 'SimilarIncidents', additionalProperties: false, description: 'Earlier incidents, most alike first.' },
);
export type SimilarIncidents = Immutable<Static<typeof SimilarIncidents>>;
