/** One series of the answer to a range query; values that are no number are left out. */
export interface MatrixRow {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly { readonly timeMs: number; readonly value: number }[];
}

export interface MatrixRange {
  readonly fromMs: number;
  /** Part of the range. */
  readonly toMs: number;
  readonly stepMs: number;
}

export type MatrixOutcome =
  | { readonly kind: 'rows'; readonly rows: readonly MatrixRow[] }
  /** It is to be asked for less at a time. */
  | { readonly kind: 'too-long' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Asks a server that speaks Prometheus' HTTP API. Never throws. */
export type AskMatrix = (query: string, range: MatrixRange, signal: AbortSignal) => Promise<MatrixOutcome>;
