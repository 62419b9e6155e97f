import type { Feedback, Tuning, TuningVersion } from '../contract/feedback.ts';

/** Who says so, and how the name is known. */
export interface Author {
  readonly by: string;
  readonly knownBy: string;
}

export interface Opinion {
  readonly id: string;
  readonly verdict: Feedback['verdict'];
  readonly note: string;
  /** A finding, or a stretch of a series. */
  readonly about:
    { readonly anomalyId: string } | { readonly seriesId: string; readonly fromMs: number; readonly toMs: number };
}

export type DeskAnswer<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'unknown' | 'conflict' | 'invalid'; readonly message: string };

/** Feedback from its proposal to the rule that comes of it. */
export interface FeedbackDesk {
  give(opinion: Opinion, author: Author): Promise<DeskAnswer<{ readonly isNew: boolean; readonly feedback: Feedback }>>;
  /** Another rule in place of the proposed one, with its effect. */
  edit(id: string, rule: Tuning, author: Author): Promise<DeskAnswer<Feedback>>;
  /** Again is the same: it stays accepted. */
  accept(id: string, author: Author): Promise<DeskAnswer<Feedback>>;
  reject(id: string, author: Author): Promise<DeskAnswer<Feedback>>;
  /** Makes the rules of an earlier version the newest. */
  rollBack(version: number, why: string, author: Author): Promise<DeskAnswer<TuningVersion>>;
  /** The version that acts in this process. */
  acting(): number;
}
