/**
 * Sentinel's own counters, gauges and histograms. Hot paths hold the counter object of one label set and add to a plain
 * number: no look-up, no hashing, no allocation. `families` is what `/metrics` and OTLP are written from.
 *
 * A part that a reload may exchange registers in a scope of its own. When the scope ends, what nobody else holds is gone; what
 * its successor holds too goes on: counters keep counting, and a gauge is read from whoever registered it last and is still
 * there, so that a successor that could not start leaves no trace.
 */
import { prometheusText } from './prometheus-text.ts';

export interface Counter {
  add(amount: number): void;
  readonly value: number;
}

export interface Histogram {
  observe(value: number): void;
}

export type Labels = Readonly<Record<string, string>>;
type MetricType = 'counter' | 'gauge' | 'histogram';

/** Observed values by bucket. */
export interface Distribution {
  /** Upper bounds in ascending order, without +Inf. */
  readonly bounds: readonly number[];
  /** One more than bounds; not cumulative. */
  readonly counts: readonly number[];
  readonly sum: number;
}

export interface MetricPoint {
  readonly labels: Labels;
  readonly value: number | Distribution;
  /** Wall clock at which counting began. */
  readonly sinceMs: number;
}

export interface MetricFamily {
  readonly name: string;
  readonly type: MetricType;
  readonly help: string;
  readonly points: readonly MetricPoint[];
}

export interface MetricSpec {
  readonly name: string;
  readonly help: string;
  readonly labels?: Labels;
}

export interface SelfMetrics {
  /** The same name and labels give the same counter. */
  counter(spec: MetricSpec): Counter;
  /** Read when rendered. A later registration of the same name and labels comes before the earlier ones. */
  gauge(spec: MetricSpec, read: () => number): void;
  /** Upper bounds in ascending order; +Inf is added. The same name and labels give the same histogram. */
  histogram(spec: MetricSpec, bounds: readonly number[]): Histogram;
  families(): MetricFamily[];
  /** Counters and gauges, one by one. */
  samples(): { readonly name: string; readonly labels: Labels; readonly value: number }[];
  /** All of them as Prometheus text. */
  render(): string;
  scope(): MetricScope;
}

/** The same metrics, for a part with a lifetime. */
export interface MetricScope extends SelfMetrics {
  /** Takes back what was registered through it. What it hands out afterwards counts for nobody. */
  end(): void;
}

type Read = () => number | Distribution;

interface Member {
  readonly labels: Labels;
  readonly sinceMs: number;
  readonly instrument: Counter | Histogram | undefined;
  /** By who registered it, in the order of registration. */
  readonly reads: Map<object, Read>;
}

interface Family {
  readonly type: MetricType;
  readonly help: string;
  readonly members: Map<string, Member>;
}

export function createSelfMetrics(nowMs: () => number = Date.now): SelfMetrics {
  const families = new Map<string, Family>();

  function hold<Instrument extends Counter | Histogram>(
    { name, help, labels = {} }: MetricSpec,
    { type, owner, make }: { type: MetricType; owner: object; make: () => { instrument: Instrument; read: Read } },
  ): Instrument {
    const family = families.get(name) ?? { type, help, members: new Map<string, Member>() };
    families.set(name, family);
    const key = JSON.stringify(labels);
    const known = family.members.get(key);
    const [read] = known?.reads.values() ?? [];
    if (known?.instrument !== undefined && read !== undefined) {
      known.reads.set(owner, read);
      return known.instrument as Instrument;
    }
    const { instrument, read: first } = make();
    family.members.set(key, { labels, sinceMs: nowMs(), instrument, reads: new Map([[owner, first]]) });
    return instrument;
  }

  function observe({ name, help, labels = {} }: MetricSpec, owner: object, read: Read): void {
    const family = families.get(name) ?? { type: 'gauge', help, members: new Map<string, Member>() };
    families.set(name, family);
    const key = JSON.stringify(labels);
    const member = family.members.get(key) ?? { labels, sinceMs: nowMs(), instrument: undefined, reads: new Map() };
    family.members.set(key, member);
    member.reads.delete(owner);
    member.reads.set(owner, read);
  }

  function release(owner: object): void {
    for (const [name, { members }] of families) {
      for (const [key, { reads }] of members) if (reads.delete(owner) && reads.size === 0) members.delete(key);
      if (members.size === 0) families.delete(name);
    }
  }

  function within(owner: object): MetricScope {
    let ended = false;
    const scoped: MetricScope = {
      counter(spec) {
        return ended ? createCounter() : hold(spec, { type: 'counter', owner, make: countedUp });
      },
      gauge(spec, read) {
        if (!ended) observe(spec, owner, read);
      },
      histogram(spec, bounds) {
        const make = () => createHistogram(bounds);
        return ended ? make().instrument : hold(spec, { type: 'histogram', owner, make });
      },
      families: () => [...families].map(([name, family]) => readFamily(name, family)),
      samples: () =>
        scoped
          .families()
          .flatMap(({ name, points }) =>
            points.flatMap(({ labels, value }) => (typeof value === 'number' ? [{ name, labels, value }] : [])),
          ),
      render: () => prometheusText(scoped.families()),
      scope: () => within({}),
      end() {
        ended = true;
        release(owner);
      },
    };
    return scoped;
  }

  return within({});
}

function readFamily(name: string, { type, help, members }: Family): MetricFamily {
  const points = [...members.values()].flatMap(({ labels, sinceMs, reads }) => {
    const read = [...reads.values()].at(-1);
    return read === undefined ? [] : [{ labels, sinceMs, value: read() }];
  });
  return { name, type, help, points };
}

function createCounter(): Counter {
  let value = 0;
  return {
    add(amount) {
      value += amount;
    },
    get value() {
      return value;
    },
  };
}

function countedUp() {
  const instrument = createCounter();
  return { instrument, read: () => instrument.value };
}

function createHistogram(bounds: readonly number[]) {
  const counts = new Float64Array(bounds.length + 1);
  let sum = 0;
  const instrument: Histogram = {
    observe(value) {
      const index = bounds.findIndex((bound) => value <= bound);
      const slot = index === -1 ? bounds.length : index;
      counts[slot] = (counts[slot] ?? 0) + 1;
      sum += value;
    },
  };
  return { instrument, read: () => ({ bounds, counts: [...counts], sum }) };
}
