import type { Incident, IncidentEvent } from '../../model/incident.ts';
import type { Neighbourhood } from './affinity.ts';
import type { WatchLimits } from './lifecycle.ts';
import type { Recurrence } from './recurrence.ts';

interface BookLimits extends WatchLimits {
  /** Of two odd stretches of one trouble, in milliseconds. */
  readonly joinWithin: number;
  /** How long before an incident a change still belongs to it, in milliseconds. */
  readonly changeLookback: number;
  /** Anomalies, and alerts, that one incident keeps; further ones are counted only. */
  readonly maxAnomalies: number;
  /** Incidents that are not over; what would open another one is counted only. */
  readonly maxIncidents: number;
  /** An alert from outside that is not repeated for so long is over, in milliseconds. */
  readonly alertSilence: number;
}

export interface BookParts {
  readonly limits: BookLimits;
  readonly around: Neighbourhood;
  /** The next id; never one that was used before. */
  readonly nextId: () => string;
  /** What was there before. */
  readonly past: Pick<Recurrence, 'ended' | 'judge'>;
  /** Told of every event, in order. */
  readonly onEvent: (event: IncidentEvent, incident: Incident) => void;
  /** Told of an anomaly or alert that there is no room for. */
  readonly onOverflow: () => void;
}
