import type { Seen } from './metrics/stream.ts';
import type { SeriesModel } from './series/model.ts';

/** Where a number stands, as a store of metrics would keep it. */
export interface ReadingPlace {
  readonly service: string;
  readonly where: string;
  readonly form: SeriesModel['form'];
  /** End of the step. */
  readonly timeMs: number;
}

/** Hears what was seen in a step; undefined: nothing was sent. */
export type ReadingTaker = (place: ReadingPlace, seen: Seen | undefined) => void;
