import type { FaultLabel } from '../label.ts';
import type { Draws } from '../random-draws.ts';
import { createSeason, HOUR_MS, MINUTE_MS } from '../series/season.ts';
import { drawFlows, type Mishap, mishaps } from './request-lines.ts';
import { type RequestChange, RequestWriter } from './request-writer.ts';

export interface RequestTurn {
  readonly turn: number;
  /** When each fault may begin, and how long there is for it. */
  readonly slotsMs: readonly number[];
  readonly slotMs: number;
  readonly stepMs: number;
  readonly draws: Draws;
}

const LENGTH_MS = 10 * MINUTE_MS;

const kinds: readonly { readonly kind: string; readonly mishap: Mishap; readonly shares: readonly number[] }[] = [
  { kind: 'log_mixed_requests', mishap: 'mixed', shares: [0.1, 0.3, 1] },
  { kind: 'log_short_requests', mishap: 'short', shares: [0.1, 0.3, 1] },
];

export const requestKinds = kinds.map((one) => ({
  kind: one.kind,
  plan: ({ turn, slotsMs, slotMs, stepMs, draws }: RequestTurn) => {
    const service = `${one.kind}-${turn}`;
    const flows = drawFlows(draws);
    const changes = slotsMs.map((slot, number): RequestChange => {
      const startMs = slot + Math.floor(draws.between(10, (slotMs - LENGTH_MS) / MINUTE_MS)) * MINUTE_MS;
      const share = one.shares[(turn + number) % one.shares.length]!;
      return { ...mishaps[one.mishap](flows, number), share, startMs, endMs: startMs + LENGTH_MS };
    });
    const spec = {
      ...{ service, changes, flows, perSecond: draws.logBetween(0.3, 2) },
      ...{ season: createSeason(draws, 0.5), offsetMs: (draws.below(18) - 8) * HOUR_MS },
    };
    const labels = changes.map(({ share, startMs, endMs }): FaultLabel => ({
      ...{ kind: one.kind, magnitude: share, unit: 'of one sort of requests', service, startMs, endMs, stepMs },
      isFound: (sighting) => sighting.service === service && sighting.measure === 'odd_trace_share',
      // Lines of one sort come less often, those of another more.
      reaches: (sighting) => sighting.service === service,
    }));
    return { kind: one.kind, labels, writer: new RequestWriter(spec, draws.fork()) };
  },
}));
