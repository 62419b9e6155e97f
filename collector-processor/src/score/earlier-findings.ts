import type { EarlierFinding } from '../model/anomaly.ts';

/** Series of which the last finding is remembered; the one that was told longest ago makes room. */
const MAX_SERIES = 5000;

export type SavedEarlier = readonly (readonly [seriesId: string, finding: EarlierFinding])[];

/** The last finding of each series that had one, so that the next can name it. */
export class EarlierFindings {
  private readonly bySeries = new Map<string, EarlierFinding>();

  of(seriesId: string): EarlierFinding | undefined {
    return this.bySeries.get(seriesId);
  }

  note(seriesId: string, finding: EarlierFinding): void {
    this.bySeries.delete(seriesId);
    this.bySeries.set(seriesId, finding);
    const [oldest] = this.bySeries.keys();
    if (this.bySeries.size > MAX_SERIES && oldest !== undefined) this.bySeries.delete(oldest);
  }

  save(): SavedEarlier {
    return [...this.bySeries];
  }

  load(saved: SavedEarlier): void {
    for (const [seriesId, finding] of saved) this.note(seriesId, finding);
  }
}
