/** Something that speaks for or against a candidate, with where to look at it. */
export interface CauseEvidence {
  readonly sentence: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** What shows it: a series, a kind of line, a change. */
  readonly seriesId?: string;
  readonly template?: string;
  readonly changeId?: string;
  /** Traces that show it. */
  readonly traceIds?: readonly string[];
}

export type CauseVerdict = 'supported' | 'contradicted' | 'undecided';

/** What may have brought an incident about. */
export interface CauseCandidate {
  readonly kind: 'change' | 'saturation' | 'failure' | 'error' | 'symptom' | 'operational';
  readonly title: string;
  readonly service: string;
  readonly verdict: CauseVerdict;
  /** Beside `supported` only. */
  readonly confidence: 'high' | 'medium' | 'low' | '';
  readonly supporting: readonly CauseEvidence[];
  readonly contradicting: readonly CauseEvidence[];
  /** What could not be looked at. */
  readonly missing: readonly string[];
}

/** The causes of an incident as they are ranked now. */
export interface CauseList {
  /** Hash of what was ranked: the same one gives the same list. */
  readonly caseId: string;
  readonly version: string;
  readonly candidates: readonly CauseCandidate[];
}
