/** What the store's thread is asked and answers. Plain data: it is cloned from thread to thread. */
export type SqliteValue = null | number | bigint | string;

export interface StatementRequest {
  readonly id: number;
  readonly sql: string;
  readonly parameters: readonly SqliteValue[];
}

export type StatementReply =
  | { readonly id: number; readonly kind: 'rows'; readonly rows: readonly unknown[]; readonly changes: number }
  | { readonly id: number; readonly kind: 'failed'; readonly message: string; readonly errcode: number };

/** First message of the thread. */
export type OpenReply =
  | { readonly kind: 'opened' }
  /** The file is there but is no database, or a broken one. */
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

export interface SqliteFile {
  readonly path: string;
  readonly busyTimeoutMs: number;
}
