import type { Sighting } from './sighting.ts';

/** False findings by the days of series that were watched. */
export interface QuietResult {
  readonly seriesDays: number;
  readonly notices: number;
  readonly pages: number;
}

export interface FalseRate {
  readonly notice: number;
  readonly page: number;
}

export function countFalse(sightings: readonly Sighting[], seriesDays: number): QuietResult {
  const pages = sightings.filter(({ pagedMs }) => pagedMs !== undefined).length;
  return { seriesDays, notices: sightings.length, pages };
}

export function per1000({ seriesDays, notices, pages }: QuietResult): FalseRate {
  const rate = (count: number): number => Number(((1000 * count) / Math.max(1e-9, seriesDays)).toFixed(2));
  return { notice: rate(notices), page: rate(pages) };
}

/** Findings by what they are on, the noisiest first. */
export function bySource(sightings: readonly Sighting[]): [source: string, count: number][] {
  const groups = Map.groupBy(sightings, ({ where, measure }) => `${where.replace(/\.\d+$/, '')} ${measure}`);
  return [...groups]
    .map(([source, { length }]) => [source, length] as [string, number])
    .toSorted((a, b) => b[1] - a[1]);
}
