import { AggregationTemporality, pointKinds, type PointColumns, type ReadItemAttributes } from '../../model/columns.ts';
import type { Hash64 } from '../../model/resource.ts';
import type { Symbols } from '../../model/symbols.ts';
import type { Mask } from '../../runtime/masking.ts';
import type { Counter } from '../../runtime/self-metrics.ts';
import { type Source } from '../sources.ts';
import { HashTable } from '../state/hash-table.ts';
import { Hasher, hashText, hexOf } from '../state/hash64.ts';
import type { KnownRule } from './capacity-catalogue.ts';
import type { CapacityInput } from './capacity-reading.ts';
import type { CapacityRole } from './capacity-rules.ts';
import type { CapacityIdentity } from './capacity-series.ts';
import { identityOfResource, storedSeries } from './resource-name.ts';
import type { SeriesPlaces } from './series-places.ts';

export interface CapacityIntakeParts {
  readonly ruleOf: (metric: string) => KnownRule | undefined;
  readonly places: SeriesPlaces;
  readonly readAttributes: ReadItemAttributes;
  readonly mask: Mask;
  readonly maxInputs: number;
  readonly refused: Counter;
}

const GAUGE = pointKinds.indexOf('gauge');
const SUM = pointKinds.indexOf('sum');
const NO_RECORDED_VALUE = 1;
/** Usage and limit of a container come from different receivers; these attributes say that it is the same one. */
const CONTAINER = ['k8s.pod.uid', 'k8s.container.name'];
interface Named {
  readonly rule: KnownRule;
  readonly hash: Hash64;
}

const NOT_NEEDED: CapacityInput = { role: 'ignored', capacity: NaN, value: NaN, timeMs: 0 };

/**
 * Finds the points that speak of resources among all points, at a few nanoseconds for each that does not: whether a metric
 * does is looked up once for each name, and what a stream says once for each stream.
 */
export class CapacityIntake {
  private readonly parts: CapacityIntakeParts;
  private readonly table: HashTable;
  private readonly inputs: CapacityInput[] = [];
  private readonly hasher = new Hasher();
  private readonly names = new Map<number, Named | undefined>();
  private symbols: Symbols | undefined;
  private generation = 0;

  constructor(parts: CapacityIntakeParts) {
    this.parts = parts;
    this.table = new HashTable(parts.maxInputs);
  }

  accept(columns: PointColumns, sources: readonly Source[], nowMs: number): void {
    this.follow(columns.symbols);
    const { count, metricName, resource, value, flags, timeMs } = columns;
    let name = -1;
    let named: Named | undefined;
    for (let i = 0; i < count; i++) {
      if (metricName[i] !== name) {
        name = metricName[i] as number;
        named = this.nameOf(name);
      }
      if (named === undefined || ((flags[i] as number) & NO_RECORDED_VALUE) !== 0 || !isLevel(columns, i)) continue;
      const source = sources[resource[i] as number];
      const time = timeMs[i] as number;
      if (source === undefined || source.own || time > nowMs + 60_000) continue;
      const input = this.inputOf(named, columns, i, source);
      if (input === NOT_NEEDED || time < input.timeMs || Number.isNaN(value[i])) continue;
      input.value = value[i] as number;
      input.timeMs = time;
    }
  }

  /** Streams are looked at again: places were given to others. */
  forget(): void {
    this.table.clear();
    this.inputs.length = 0;
    for (const series of this.parts.places.list()) series.inputs.length = 0;
  }

  private follow(symbols: Symbols): void {
    if (this.symbols === symbols && this.generation === symbols.generation) return;
    this.symbols = symbols;
    this.generation = symbols.generation;
    this.names.clear();
  }

  private nameOf(symbol: number): Named | undefined {
    if (this.names.has(symbol)) return this.names.get(symbol);
    const metric = this.symbols?.text(symbol) ?? '';
    const rule = this.parts.ruleOf(metric);
    const named = rule === undefined ? undefined : { rule, hash: hashText(metric) };
    this.names.set(symbol, named);
    return named;
  }

  private inputOf({ rule, hash }: Named, columns: PointColumns, i: number, source: Source): CapacityInput {
    this.hasher.reset(source.member.low, source.member.high).mix(hash.low, hash.high);
    const { low, high } = this.hasher.mix(columns.attributesLow[i] as number, columns.attributesHigh[i] as number);
    const known = this.table.get(low, high);
    if (known >= 0) return this.inputs[known] as CapacityInput;
    if (this.table.size >= this.table.capacity) {
      this.parts.refused.add(1);
      return NOT_NEEDED;
    }
    const input = this.newInput(rule, columns, i, source);
    // Perhaps the next point finds room.
    if (input === undefined) return NOT_NEEDED;
    this.table.set(low, high, this.inputs.length);
    this.inputs.push(input);
    return input;
  }

  private newInput(rule: KnownRule, columns: PointColumns, i: number, source: Source): CapacityInput | undefined {
    const { readAttributes, places, mask } = this.parts;
    const attributes = readAttributes(columns, i);
    const all = new Map(attributes);
    const { where = {} } = rule;
    if (!Object.entries(where).every(([name, wanted]) => attributes.get(name) === wanted)) return NOT_NEEDED;
    const role = roleOf(rule, attributes);
    if (role === 'ignored') return NOT_NEEDED;
    const { low, high } = this.resourceHash(rule, attributes, source);
    const metric = columns.symbols.text(columns.metricName[i] as number);
    const unit = columns.symbols.text(columns.metricUnit[i] as number);
    const make = (): CapacityIdentity =>
      identityOfResource({ id: hexOf(low, high), source, rule, metric, unit, attributes, mask });
    const series = places.of(low, high, make);
    if (series === undefined) return undefined;
    const pointKind = pointKinds[columns.kind[i] as number] ?? 'gauge';
    const stored = storedSeries({ source, metric, unit, pointKind, attributes: all });
    const input = { role, capacity: rule.capacity, stored, value: NaN, timeMs: 0 };
    series.inputs.push(input);
    return input;
  }

  private resourceHash(rule: KnownRule, attributes: ReadonlyMap<string, string>, { member, tenant, resource }: Source) {
    const across = CONTAINER.map((name) => resource.attributes.get(name));
    const isContainer = rule.family === 'container.memory' && !across.includes(undefined);
    const of = isContainer ? hashText([tenant, ...across].join('\n')) : member;
    const family = hashText([rule.family, ...[...attributes].map((pair) => pair.join('=')).sort()].join('\n'));
    const { low, high } = this.hasher.reset(of.low, of.high).mix(family.low, family.high);
    return { low, high };
  }
}

/** Amounts, not counts of what happened. */
function isLevel({ kind, monotonic, temporality }: PointColumns, i: number): boolean {
  if (kind[i] === GAUGE) return true;
  return kind[i] === SUM && monotonic[i] === 0 && temporality[i] !== AggregationTemporality.delta;
}

/** Takes the state out of the attributes: all states of a resource have the others in common. */
function roleOf({ role }: KnownRule, attributes: Map<string, string>): CapacityRole {
  if (typeof role === 'string') return role;
  const name = [...attributes.keys()].find((key) => key === 'state' || key.endsWith('.state'));
  if (name === undefined) return 'ignored';
  const state = attributes.get(name) ?? '';
  attributes.delete(name);
  return role[state] ?? 'ignored';
}
