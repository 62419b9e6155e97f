import { Type, type Static } from 'typebox';
import { CauseList } from './cause.ts';
import type { Immutable } from './immutable.ts';
import { IncidentEvent, IncidentSummary } from './incident.ts';
import { TimeMs } from './nullable.ts';

export const IncidentBundle = Type.Object(
  {
    format: Type.Literal(1),
    version: Type.String({ description: 'Of the Sentinel that wrote it.' }),
    exportedAtMs: TimeMs('When it was written'),
    configuration: Type.Record(Type.String(), Type.Unknown(), { description: 'The section `correlate`.' }),
    incident: IncidentSummary,
    timeline: Type.Array(IncidentEvent),
    case: Type.Unknown({ description: 'All that the ranking looked at when it was last told; null before the first.' }),
    causes: Type.Union([CauseList, Type.Null()], { description: 'What it came to.' }),
  },
  { title: 'IncidentBundle', additionalProperties: false, description: 'For `sentinel incident explain`.' },
);
export type IncidentBundle = Immutable<Static<typeof IncidentBundle>>;
