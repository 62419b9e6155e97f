/** What of the section `publish` this folder reads, resolved. Times in milliseconds. */
export interface FindingPublisherOptions {
  /** Findings and scores of this time leave together. */
  readonly flushInterval: number;
  /** Of each signal, between two flushes; more are dropped and counted. */
  readonly maxWaiting: number;
  /** Items of one request. */
  readonly maxPerRequest: number;
  readonly findings: {
    /** A log record for each event of a finding. */
    readonly logs: boolean;
    /** Spans for each finding. */
    readonly traces: boolean;
  };
  readonly scoreSeries: ScoreSeriesOptions;
}

export type ScoreSeriesName = 'anomaly_score' | 'yhat' | 'yhat_lower' | 'yhat_upper' | 'y';

/** How the metrics store names what it is sent; see `sourceName`. */
export type SourceNaming = 'verbatim' | 'underscores' | 'prometheus';

export interface ScoreSeriesOptions {
  readonly enabled: boolean;
  readonly series: readonly ScoreSeriesName[];
  /** Least score at which a series is published that is not always published. */
  readonly minScore: number;
  /** It goes on for that long after its score fell below, so that a chart shows the recovery. */
  readonly linger: number;
  /** Metrics that are always published; a trailing `*` stands for any ending. */
  readonly always: readonly string[];
  readonly maxSeries: number;
  readonly sourceNaming: SourceNaming;
  readonly maxAttributes: number;
  readonly maxAttributeLength: number;
}
