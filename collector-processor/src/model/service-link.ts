/** Services of one name are one only within it. */
export interface Place {
  readonly tenant: string;
  readonly environment: string;
}

/** Who calls whom, as spans have shown. */
export interface ServiceLink extends Place {
  readonly from: string;
  readonly to: string;
  /** The callee was seen by its caller only: a database, a queue, somebody else's service. */
  readonly remote: boolean;
}
