/** One Grafana annotation that Sentinel means to have. Written before Grafana is asked, so that a crash never doubles it. */
export interface AnnotationRecord {
  /** Unique; also the unique tag on the annotation, by which it is found again after a crash. */
  readonly key: string;
  readonly state: 'intended' | 'created' | 'closed' | 'abandoned';
  /** Grafana's number, once known. */
  readonly grafanaId?: number;
  readonly startMs: number;
  /** Absent while the region is open. */
  readonly endMs?: number;
  readonly text: string;
  readonly tags: readonly string[];
  /** What Grafana holds differs from this record. */
  readonly dirty: boolean;
  readonly updatedAtMs: number;
}

/** Durable; implemented by the store, used by publish/grafana. */
export interface AnnotationLedger {
  put(record: AnnotationRecord): Promise<void>;
  get(key: string): Promise<AnnotationRecord | undefined>;
  /** Records that still need Grafana: dirty ones, oldest first. */
  pending(limit: number): Promise<AnnotationRecord[]>;
  /** Records whose region is still open. */
  open(limit: number): Promise<AnnotationRecord[]>;
}
