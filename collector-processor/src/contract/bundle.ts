import { Type, type Static } from 'typebox';
import { CauseList } from './cause.ts';
import type { Immutable } from './immutable.ts';
import { IncidentEvent, IncidentSummary } from './incident.ts';
import { TimeMs } from './nullable.ts';

const Recording = Type.Object(
  {
    folder: Type.String({ description: 'Where Sentinel runs.' }),
    files: Type.Array(
      Type.Object(
        { name: Type.String(), bytes: Type.Number() },
        { title: 'RecordingFile', additionalProperties: false },
      ),
    ),
  },
  {
    title: 'Recording',
    additionalProperties: false,
    description: 'What was received before it opened, for `sentinel replay`; absent when `recorder` is off.',
  },
);

export const IncidentBundle = Type.Object(
  {
    format: Type.Literal(1),
    version: Type.String({ description: 'Of the Sentinel that wrote it.' }),
    exportedAtMs: TimeMs('When it was written'),
    configuration: Type.Record(Type.String(), Type.Unknown(), { description: 'The section `correlate`.' }),
    incident: IncidentSummary,
    timeline: Type.Array(IncidentEvent),
    case: Type.Unknown({ description: 'All that the ranking looked at when it was last told; null before the first.' }),
    recording: Type.Optional(Recording),
    causes: Type.Union([CauseList, Type.Null()], { description: 'What it came to.' }),
  },
  { title: 'IncidentBundle', additionalProperties: false, description: 'For `sentinel incident explain`.' },
);
export type IncidentBundle = Immutable<Static<typeof IncidentBundle>>;
