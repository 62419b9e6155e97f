import { Type, type Static } from 'typebox';
import { Anomaly } from './anomaly.ts';
import { Change } from './change.ts';
import type { Immutable } from './immutable.ts';
import { IncidentFactKind, IncidentSummary } from './incident.ts';
import { TimeMs } from './nullable.ts';

/** `data` of the server-sent event `anomaly`. */
export const AnomalyNotice = Type.Object(
  { kind: Type.Enum(['opened', 'updated', 'closed'], { type: 'string' }), anomaly: Anomaly },
  { title: 'AnomalyNotice', additionalProperties: false },
);
export type AnomalyNotice = Immutable<Static<typeof AnomalyNotice>>;

/** `data` of the server-sent event `change`. */
export const ChangeNotice = Type.Object({ change: Change }, { title: 'ChangeNotice', additionalProperties: false });
export type ChangeNotice = Immutable<Static<typeof ChangeNotice>>;

/** `data` of the server-sent event `incident`: what it is now, and the entry of its timeline that made it so. */
export const IncidentNotice = Type.Object(
  {
    incident: IncidentSummary,
    event: Type.Object(
      {
        sequence: Type.Integer({ minimum: 1, description: 'One more than the last: else read the timeline anew.' }),
        atMs: TimeMs('When it happened'),
        actor: Type.String({ description: 'Who did it; empty for Sentinel itself.' }),
        kind: IncidentFactKind,
      },
      { additionalProperties: false },
    ),
  },
  { title: 'IncidentNotice', additionalProperties: false },
);
export type IncidentNotice = Immutable<Static<typeof IncidentNotice>>;

/** `data` of the server-sent event `state`: sent first, and whenever the listener should read everything anew. */
export const StateNotice = Type.Object(
  {
    nowMs: TimeMs('Clock of the sidecar'),
    complete: Type.Boolean({ description: 'False when events since `Last-Event-ID` are lost: read the lists anew.' }),
  },
  { title: 'StateNotice', additionalProperties: false },
);
export type StateNotice = Immutable<Static<typeof StateNotice>>;
