import { generateRules } from '../../src/slo/rules/generate.ts';
import { type RulesRun, type RunStream, runRules } from './promtool.ts';
import { objectiveOf, rivalRules } from './rule-files.ts';
import { seenCounts } from './seen-counts.ts';
import { firing, type Shape, shapes, type ShapeTier } from './shapes.ts';
import { drawStream, type EventStream, type StreamKind, streamKinds } from './streams.ts';

/** How far the rules, as promtool evaluates them, and the simulation are apart. */
export interface Compared {
  readonly name: string;
  /** Minutes in which an alert of a tier fires, by the rules or by the simulation. */
  readonly minutes: number;
  /** Of them, those in which the other says nothing within two minutes: groups of rules are evaluated one after the other. */
  readonly apart: number;
  /** Largest difference of what is left of the budget, in budgets; of Sentinel's rules alone. */
  readonly budget?: number;
  /** The same of streams of which some minutes were not read: the budget of rules does not know what happened in them. */
  readonly unread?: number;
}

const TOLERANCE = 2;
const TAKEN_IN = 5;
const MINUTES = 14 * 60;
const FAULT_AT = 6 * 60 + 3;

/** One service of each kind that is hard for rules in its own way, with its fault on the first day; more only cost time. */
const names = ['quiet at night', 'busy, out', 'busy, 5 %', 'in bursts, half', 'quiet, out', 'quiet, trickle'];
const sampled = streamKinds
  .filter(({ name }) => names.some((each) => name.startsWith(each)))
  .map((kind): StreamKind => ({ ...kind, ...moved(kind) }));

/** `of`: the shapes, all of them unless told. */
export function compareWithRules(seed: number, of: readonly Shape[] = shapes): readonly Compared[] {
  const streams = sampled.map((kind, index) => ({
    name: kind.name,
    kind,
    stream: calmAtLast(drawStream(kind, seed * 1e6 + index, MINUTES)),
  }));
  return of.map((shape) => compareShape(shape, streams));
}

type Drawn = RunStream & { readonly kind: StreamKind };

function compareShape(shape: Shape, streams: readonly Drawn[]): Compared {
  const [objective] = objectiveOf();
  if (objective === undefined) throw new Error('the objective of the benchmark could not be read');
  const budget = 1 - objective.target;
  const rules = shape.name === 'sentinel' ? generateRules([objective]) : rivalRules(shape, budget);
  const run = runRules(rules, streams, MINUTES);
  const found = streams.flatMap((drawn) => shape.tiers.map((tier) => compareTier({ shape, tier, drawn, run })));
  const sum = (of: 'minutes' | 'apart') => found.reduce((all, each) => all + each[of], 0);
  const alike = { name: shape.name, minutes: sum('minutes'), apart: sum('apart') };
  if (shape.name !== 'sentinel') return alike;
  const largest = (some: readonly Drawn[]) =>
    Math.max(...some.map(({ name, stream }) => Math.abs((run.left(name) ?? Number.NaN) - leftOf(stream, budget))));
  const isRead = ({ stream }: Drawn) => stream.unread.length === 0;
  return {
    ...alike,
    budget: largest(streams.filter(isRead)),
    unread: largest(streams.filter((one) => !isRead(one))),
  };
}

interface OneTier {
  readonly shape: Shape;
  readonly tier: ShapeTier;
  readonly drawn: Drawn;
  readonly run: RulesRun;
}

function compareTier({ shape, tier, drawn, run }: OneTier): Pick<Compared, 'minutes' | 'apart'> {
  const reckoned = firing(shape, tier, seenCounts(drawn.stream), drawn.kind.objective);
  const seen = run.fires(drawn.name, tier.name);
  const minutes = [...reckoned.keys()].filter((at) => reckoned[at] === 1 || seen[at] === 1);
  const apart = minutes.filter((at) => !isNear(reckoned, at) || !isNear(seen, at));
  return { minutes: minutes.length, apart: apart.length };
}

/** Rules take in what happens over five minutes; after that both sides know the same. */
function calmAtLast(stream: EventStream): EventStream {
  stream.total.fill(0, -TAKEN_IN);
  stream.bad.fill(0, -TAKEN_IN);
  return stream;
}

function leftOf({ total, bad }: EventStream, budget: number): number {
  const sum = (events: Float64Array) => events.reduce((all, count) => all + count, 0);
  return 1 - sum(bad) / sum(total) / budget;
}

function isNear(fires: Uint8Array, at: number): boolean {
  return fires.subarray(Math.max(0, at - TOLERANCE), at + TOLERANCE + 1).includes(1);
}

function moved({ fault, unread }: StreamKind): Partial<StreamKind> {
  if (fault === undefined) return {};
  const by = FAULT_AT - fault.from;
  const shift = <Range extends { readonly from: number; readonly to: number }>(range: Range) => ({
    ...range,
    from: range.from + by,
    to: range.to + by,
  });
  return { fault: shift(fault), ...(unread === undefined ? {} : { unread: unread.map(shift) }) };
}
