/** Who calls whom, as spans have shown. */
export interface ServiceLink {
  readonly tenant: string;
  readonly environment: string;
  readonly from: string;
  readonly to: string;
  /** The callee was seen by its caller only: a database, a queue, somebody else's service. */
  readonly remote: boolean;
}
