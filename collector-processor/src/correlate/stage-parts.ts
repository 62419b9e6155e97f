import type { Anomaly, Change } from '../model/anomaly.ts';
import type { IncidentEvent, IncidentSummary } from '../model/incident.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { TelemetryView } from './causes/build-case.ts';
import type { GroupingRules } from './graph/ruled-neighbourhood.ts';
import type { HarmView } from './impact/impact-watch.ts';
import type { Neighbourhood } from './incidents/affinity.ts';

export interface CorrelateOptions extends GroupingRules {
  readonly joinWithin: number;
  readonly watchFor: number;
  readonly changeLookback: number;
  readonly demoteAfter: number;
  readonly demoteWithin: number;
  readonly maxAnomalies: number;
  readonly maxIncidents: number;
  readonly alertSilence: number;
  readonly interval: number;
}

/** Where incidents are kept. */
export interface IncidentLedger {
  /** Without a summary it stays as it was: another event of the same time brings it. */
  record(
    event: IncidentEvent,
    summary: IncidentSummary | undefined,
  ): Promise<{ readonly kind: string; readonly reason?: string }>;
  events(id: string): Promise<readonly IncidentEvent[]>;
  openEvents(): Promise<readonly IncidentEvent[]>;
  /** Of incidents that were over at or after this, oldest first; at most some hundreds of them. */
  endedEvents(fromMs: number): Promise<readonly IncidentEvent[]>;
  /** Incidents that were over at or after this, oldest first; at most some hundreds. */
  ended(fromMs: number): Promise<readonly IncidentSummary[]>;
  lastId(): Promise<number>;
  /** What its causes were ranked from. */
  keepCase(id: string, facts: unknown, atMs: number): Promise<{ readonly kind: string }>;
  /** Changes at or after this, of all tenants. */
  changesSince(fromMs: number): Promise<readonly Change[]>;
}

export interface IncidentStageParts {
  readonly options: CorrelateOptions;
  readonly ledger: IncidentLedger;
  readonly around: Neighbourhood;
  /** What is known of the time around an incident. */
  readonly view: TelemetryView;
  /** What else is known of the harm that incidents do. */
  readonly harm: HarmView;
  /** Anomalies that go on now. */
  readonly followed: () => readonly Anomaly[];
  /** Whether this process writes incidents, and not another one on the same store. */
  readonly isActive: () => boolean;
  /** Told of each incident that has changed, by which event; without one while it only goes on. */
  readonly onIncident: (summary: IncidentSummary, event?: IncidentEvent) => void;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

export type IncidentOutcome =
  | { readonly kind: 'done'; readonly incident: IncidentSummary }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused' | 'unavailable'; readonly why: string };
