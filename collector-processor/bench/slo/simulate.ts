import { seenCounts } from './seen-counts.ts';
import { firing, type Shape } from './shapes.ts';
import type { EventStream, StreamKind } from './streams.ts';
import { type Told, verdict } from './verdicts.ts';

/** What the shape tells of the stream, reckoned from its events. */
export function tell(shape: Shape, kind: StreamKind, stream: EventStream): Told {
  const seen = seenCounts(stream);
  const any = (which: 'page' | 'ticket') => {
    const all = new Uint8Array(seen.total.length);
    for (const tier of shape.tiers.filter((one) => one.kind === which)) {
      for (const [at, fires] of firing(shape, tier, seen, kind.objective).entries()) if (fires === 1) all[at] = 1;
    }
    return all;
  };
  return verdict(kind, { pages: any('page'), tickets: any('ticket') });
}

export interface Summary {
  readonly kind: string;
  readonly shape: string;
  /** Of the streams with a fault, how many were told of it as it deserves; absent without faults. */
  readonly told?: number;
  /** Minutes until then, the middle one. */
  readonly minutes?: number;
  /** Minutes that pages go on after it, the middle one. */
  readonly lingers?: number;
  /** In a hundred weeks of one service. */
  readonly falsePages: number;
  readonly falseTickets: number;
}

export function summarise(kind: StreamKind, shape: Shape, all: readonly Told[], weeks: number): Summary {
  const due = all.map(({ page, any }) => (kind.fault?.deserves === 'page' ? page : any));
  const delays = due.filter((each) => each !== undefined);
  const lingers = all.map((one) => one.lingers).filter((each) => each !== undefined);
  const per = (counts: readonly number[]) => Number(((100 * counts.reduce((a, b) => a + b, 0)) / weeks).toPrecision(3));
  return {
    kind: kind.name,
    shape: shape.name,
    ...(kind.fault === undefined ? {} : { told: delays.length / all.length }),
    ...(delays.length === 0 ? {} : { minutes: middle(delays) }),
    ...(lingers.length === 0 ? {} : { lingers: middle(lingers) }),
    falsePages: per(all.map(({ falsePages }) => falsePages)),
    falseTickets: per(all.map(({ falseTickets }) => falseTickets)),
  };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
