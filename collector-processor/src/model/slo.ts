/**
 * A service level objective in the one form that every file format is read into. Words as in OpenSLO and the Google SRE
 * workbook.
 */
export interface Objective {
  /** Unique beside the service; letters, digits, `-`, `_` and `.`. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly service: string;
  /** Go to every rule and series of the objective. */
  readonly labels: Readonly<Record<string, string>>;
  /** Share of events that must be good, above 0 and below 1; what is left to 1 is the error budget. */
  readonly target: number;
  readonly window: SloWindow;
  readonly indicator: Indicator;
  readonly alerting: SloAlerting;
}

/** An objective as it stands in a file. */
export interface PlacedObjective extends Objective {
  readonly place: SloPlace;
}

export interface SloPlace {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** Over what time the budget is counted. */
export type SloWindow = { readonly kind: 'rolling'; readonly durationMs: number } | CalendarWindow;

/** One after the other from `anchor` on, a local time such as `2026-01-01T00:00:00`. */
export interface CalendarWindow {
  readonly kind: 'calendar';
  readonly unit: CalendarUnit;
  readonly count: number;
  readonly timeZone: string;
  readonly anchor: string;
}

export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** A PromQL query with `{{.window}}` where the time stands over which it looks back. */
export interface WindowQuery {
  readonly text: string;
  /** What it answers: events within the window, events each second of it, or what cannot be told from its text. */
  readonly counts: 'events' | 'events-per-second' | 'unknown';
}

/** How good and bad are told apart. */
export type Indicator =
  | {
      readonly kind: 'events';
      readonly outcome: 'good' | 'bad';
      readonly query: WindowQuery;
      readonly total: WindowQuery;
    }
  /** The share of bad events, computed by somebody else; nobody knows of how many. */
  | { readonly kind: 'share'; readonly bad: WindowQuery }
  /** Each slice of time is good or bad, or bad to a share: 0 to 1, without `{{.window}}`. */
  | { readonly kind: 'slices'; readonly bad: string; readonly sliceMs: number }
  /** Requests that Sentinel itself sees. */
  | { readonly kind: 'requests'; readonly requests: RequestSelector; readonly bad: BadRequest };

/** Absent: all of them. */
export interface RequestSelector {
  readonly service: string;
  readonly environment?: string;
  readonly operation?: string;
}

export type BadRequest = { readonly kind: 'error' } | { readonly kind: 'slower'; readonly thanMs: number };

export interface SloAlerting {
  /** Name of the burn-rate alerts. */
  readonly name: string;
  readonly page: AlertKind;
  readonly ticket: AlertKind;
  /** Alerts of a policy of its own; empty where the four tiers do. */
  readonly burnAlerts: readonly BurnAlert[];
  /** Whether data that stay away are an alert. */
  readonly absent: boolean;
  /** Alerts wait for at least so many events in the long window of a tier … */
  readonly minEvents: number;
  /** … and for so many bad ones. */
  readonly minFailures: number;
}

/** An alert on one burn rate, as an OpenSLO alert condition asks for it; several windows at once are the tiers' business. */
export interface BurnAlert {
  readonly name: string;
  readonly severity: string;
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly burnRate: number;
  readonly windowMs: number;
  readonly forMs: number;
  readonly labels: Readonly<Record<string, string>>;
}

export interface AlertKind {
  readonly enabled: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
