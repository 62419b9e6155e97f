import { createRandom, type Random } from '../../src/testing/random.ts';

/** What really happened in one service, by the minute. */
export interface EventStream {
  /** Events that end in each minute, and the bad ones among them. */
  readonly total: Float64Array;
  readonly bad: Float64Array;
  /** Minutes of which nobody read the counters: what happened is in the next value that is read. */
  readonly unread: readonly Minutes[];
}

export interface Minutes {
  readonly from: number;
  readonly to: number;
}

/** A kind of service, and what it should be told of. */
export interface StreamKind {
  readonly name: string;
  readonly objective: number;
  /** Events a minute. */
  rate(minute: number): number;
  /** Chance of an event to be bad while nothing is wrong. */
  readonly usual: number;
  /** What goes wrong, and whom that should reach; `either`: by the budget a page, by the few events a ticket. */
  readonly fault?: Minutes & { readonly bad: number; readonly deserves: 'page' | 'ticket' | 'either' };
  readonly unread?: readonly Minutes[];
}

const hour = 60;
const day = 24 * hour;

export const DAYS = 14;

/** Faults begin on the eighth day, at an hour when something happens everywhere. */
const start = 7 * day + 12 * hour + 3;
const fault = (minutes: number, bad: number, deserves: 'page' | 'ticket' | 'either') => ({
  ...{ from: start, to: start + minutes },
  ...{ bad, deserves },
});
const busy = () => 600;
const quiet = () => 0.2;
const atDay = (minute: number): boolean => minute % day >= 7 * hour && minute % day < 22 * hour;
const dayAndNight = (minute: number): number => (atDay(minute) ? 60 : 0.1);
const inBursts = (minute: number): number => (minute % hour < 2 ? 500 : 0);
const common = { objective: 0.999, usual: 0.0003 };

export const streamKinds: readonly StreamKind[] = [
  { ...common, name: 'busy, calm', rate: busy },
  { ...common, name: 'busy, just within its objective', rate: busy, usual: 0.0009 },
  { ...common, name: 'quiet, calm', rate: quiet },
  { ...common, name: 'quiet at night, calm', rate: dayAndNight, usual: 0.0006 },
  { ...common, name: 'in bursts, calm', rate: inBursts },
  { ...common, name: 'busy, out for an hour', rate: busy, fault: fault(hour, 1, 'page') },
  { ...common, name: 'busy, 5 % fail for two hours', rate: busy, fault: fault(2 * hour, 0.05, 'page') },
  {
    ...common,
    name: 'busy, out while unread for 10 min',
    rate: busy,
    fault: fault(hour, 1, 'page'),
    unread: [{ from: start, to: start + 10 }],
  },
  { ...common, name: 'in bursts, half fail for six hours', rate: inBursts, fault: fault(6 * hour, 0.5, 'page') },
  { ...common, name: 'busy, slow burn: 0.4 % for two days', rate: busy, fault: fault(2 * day, 0.004, 'ticket') },
  { ...common, name: 'busy, trickle: 0.15 % for six days', rate: busy, fault: fault(6 * day, 0.0015, 'ticket') },
  { ...common, name: 'quiet, out for three hours', rate: quiet, fault: fault(3 * hour, 1, 'page') },
  { ...common, name: 'quiet, trickle: 2 % for six days', rate: quiet, fault: fault(6 * day, 0.02, 'either') },
];

/** One service of the kind. The same seed gives the same one. */
export function drawStream(kind: StreamKind, seed: number, minutes = DAYS * day): EventStream {
  const random = createRandom(seed);
  const total = new Float64Array(minutes);
  const bad = new Float64Array(minutes);
  for (let minute = 0; minute < minutes; minute++) {
    const { fault: wrong, usual } = kind;
    const isWrong = wrong !== undefined && minute >= wrong.from && minute < wrong.to;
    const events = poisson(random, kind.rate(minute));
    total[minute] = events;
    bad[minute] = Math.min(
      events,
      isWrong && wrong.bad === 1 ? events : poisson(random, events * (isWrong ? wrong.bad : usual)),
    );
  }
  return { total, bad, unread: kind.unread ?? [] };
}

/** By Knuth's product for few, by the normal curve for many. */
function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 50) {
    const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}
