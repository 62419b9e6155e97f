/** How a shop fares; what is not named is as usual. */
export interface Health {
  /** Times as many customers. */
  readonly traffic?: number;
  /** Times as slow: the API itself. */
  readonly slower?: number;
  /** One request in ten is this many times as slow in the API. */
  readonly tail?: number;
  /** Times as slow: the service that the API calls. */
  readonly slowerItems?: number;
  /** Share of the API's requests that fail. */
  readonly failing?: number;
  /** The API no longer calls the other service, and answers all the same. */
  readonly isDetached?: true;
}

export interface Ailment {
  readonly startMs: number;
  readonly endMs: number;
  readonly health: Health;
}
