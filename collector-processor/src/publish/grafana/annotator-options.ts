/** Settings of the annotator: `publish.grafana` of the configuration. Times in milliseconds. */
export interface GrafanaAnnotatorOptions {
  /** Root of Grafana, with its sub-path; empty switches annotations off. */
  readonly url: string;
  readonly token: string;
  /** Empty: organisation annotations (role Editor). Otherwise annotations of this dashboard (Edit on its folder is enough). */
  readonly dashboardUid: string;
  /** Path of the Sentinel app as a browser sees it; empty: derived from `url`. */
  readonly appPath: string;
  /** Lowest border that is drawn. */
  readonly border: 'notice' | 'page';
  readonly changes: boolean;
  /** Draw when error budgets begin or cease to burn. */
  readonly budgets: boolean;
  /** New annotations in each `newWindow`, for anomalies and for changes apart; the rest is one summary. */
  readonly maxNew: number;
  readonly newWindow: number;
  /** Least time between two edits of one annotation. */
  readonly editInterval: number;
  /** Records that wait for Grafana; older ones are summarised when it is back. */
  readonly maxBacklog: number;
  /** Events in memory that wait for the ledger, and open findings that are followed. */
  readonly maxTracked: number;
  readonly timeout: number;
  /** First pause after a failure; also how long a request of a killed predecessor may still be under way. */
  readonly retryInitial: number;
  readonly retryMax: number;
  /** Pause after 401, 403 and answers that are not Grafana's: somebody has to act first. */
  readonly retryRefused: number;
  /** How often regions that are still open are compared with the findings. */
  readonly reconcileInterval: number;
}
