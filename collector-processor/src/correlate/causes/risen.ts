import type { SeriesEvidence, ServiceEvidence } from './evidence.ts';

const TIMES = 1.5;

/** The series that shows that a service gets clearly more requests than usual, if it does. */
export function risen(evidence: ServiceEvidence | undefined): SeriesEvidence | undefined {
  return evidence?.items.find(
    (item): item is SeriesEvidence =>
      item.kind === 'requests' && item.deviation.z > 0 && item.deviation.now >= TIMES * item.deviation.usual,
  );
}
