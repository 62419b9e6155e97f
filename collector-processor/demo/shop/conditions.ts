/** What the fault menu changes inside a running service. */
export interface Conditions {
  /** Factor on the service's own work. */
  slowdown: number;
  /** Share of price look-ups whose database replica refuses, 0 to 1. */
  priceFailures: number;
  /** Bytes that each search leaves behind. */
  leakBytes: number;
  /** Lines per second about a session store that cannot be reached. */
  logStorm: number;
}

export const calm: Readonly<Conditions> = { slowdown: 1, priceFailures: 0, leakBytes: 0, logStorm: 0 };
