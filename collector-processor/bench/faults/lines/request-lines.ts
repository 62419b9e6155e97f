import type { Draws } from '../random-draws.ts';
import { lineKind, wordsOf, type LineKind } from './line-kinds.ts';

/** What one sort of request writes, in order; a line comes with its chance. */
export type Flow = readonly { readonly kind: LineKind; readonly chance: number }[];

const FLOWS = 3;
const LINES = 6;

/** Sorts of requests that share no line but the first. */
export function drawFlows(draws: Draws): readonly Flow[] {
  const words = wordsOf(draws);
  const kind = (): LineKind => lineKind(draws, 'INFO', { words: words(), perSecond: 0 });
  const first = { kind: kind(), chance: 1 };
  return Array.from({ length: FLOWS }, () => [
    first,
    ...Array.from({ length: LINES - 1 }, () => ({
      kind: kind(),
      chance: draws.uniform() < 0.5 ? 1 : draws.between(0.2, 0.8),
    })),
  ]);
}

/** What goes wrong in requests of one sort; `again` tells the times apart, so that none is like one before. */
export const mishaps = {
  /** They begin as they should and end as another sort. */
  mixed(flows: readonly Flow[], again: number) {
    const sort = again % FLOWS;
    const other = (sort + 1 + (Math.floor(again / FLOWS) % (FLOWS - 1))) % FLOWS;
    return { sort, flow: [...flows[sort]!.slice(0, LINES / 2), ...flows[other]!.slice(LINES / 2)] };
  },
  /** They end early. */
  short(flows: readonly Flow[], again: number) {
    const sort = again % FLOWS;
    return { sort, flow: flows[sort]!.slice(0, 3 - (Math.floor(again / FLOWS) % 2)) };
  },
} as const satisfies Record<string, (flows: readonly Flow[], again: number) => { sort: number; flow: Flow }>;

export type Mishap = keyof typeof mishaps;
