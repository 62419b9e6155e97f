/**
 * Sentinel's own counters and gauges. Hot paths hold the counter object of one label set and add to a plain number:
 * no look-up, no hashing, no allocation. `render` writes Prometheus text format 0.0.4; the same numbers reach OpenTelemetry
 * through one observable callback.
 */
export interface Counter {
  add(amount: number): void;
  readonly value: number;
}

export type Labels = Readonly<Record<string, string>>;
type MetricType = 'counter' | 'gauge' | 'histogram';

interface Family {
  readonly type: MetricType;
  readonly help: string;
  readonly children: Map<string, Child>;
}

interface Child {
  readonly labels: Labels;
  readonly read: () => number;
}

export interface Sample {
  /** Name of the family. */
  readonly name: string;
  readonly type: MetricType;
  readonly labels: Labels;
  readonly value: number;
}

export interface MetricSpec {
  readonly name: string;
  readonly help: string;
  readonly labels?: Labels;
}

export interface SelfMetrics {
  /** The same name and labels give the same counter. */
  counter(spec: MetricSpec): Counter;
  /** Read when rendered. A second registration of the same name and labels replaces the first. */
  gauge(spec: MetricSpec, read: () => number): void;
  /** Upper bounds in ascending order; +Inf is added. */
  histogram(spec: MetricSpec, bounds: readonly number[]): { observe(value: number): void };
  samples(): Sample[];
  render(): string;
}

export function createSelfMetrics(): SelfMetrics {
  const families = new Map<string, Family>();
  const counters = new Map<string, Counter>();

  function family(name: string, type: MetricType, help: string): Family {
    const existing = families.get(name);
    if (existing !== undefined) return existing;
    const created = { type, help, children: new Map<string, Child>() };
    families.set(name, created);
    return created;
  }

  function counter({ name, help, labels = {} }: MetricSpec): Counter {
    const text = labelText(labels);
    const existing = counters.get(name + text);
    if (existing !== undefined) return existing;
    const created = createCounter();
    counters.set(name + text, created);
    family(name, 'counter', help).children.set(name + text, { labels, read: () => created.value });
    return created;
  }

  function histogram({ name, help, labels = {} }: MetricSpec, bounds: readonly number[]) {
    const { children } = family(name, 'histogram', help);
    const counts = new Float64Array(bounds.length + 1);
    const total = createCounter();
    const number = createCounter();
    [...bounds.map(String), '+Inf'].forEach((le, index) => {
      const withBound = { ...labels, le };
      children.set(`${name}_bucket${labelText(withBound)}`, { labels: withBound, read: () => sumTo(counts, index) });
    });
    children.set(`${name}_sum${labelText(labels)}`, { labels, read: () => total.value });
    children.set(`${name}_count${labelText(labels)}`, { labels, read: () => number.value });
    return {
      observe(value: number) {
        const index = bounds.findIndex((bound) => value <= bound);
        const slot = index === -1 ? bounds.length : index;
        counts[slot] = (counts[slot] ?? 0) + 1;
        total.add(value);
        number.add(1);
      },
    };
  }

  return {
    counter,
    histogram,
    gauge({ name, help, labels = {} }, read) {
      family(name, 'gauge', help).children.set(name + labelText(labels), { labels, read });
    },
    samples() {
      return [...families].flatMap(([name, { type, children }]) =>
        [...children.values()].map(({ labels, read }) => ({ name, type, labels, value: read() })),
      );
    },
    render() {
      return [...families].map(([name, found]) => renderFamily(name, found)).join('');
    },
  };
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

function sumTo(counts: Float64Array, index: number): number {
  let sum = 0;
  for (let i = 0; i <= index; i++) sum += counts[i] ?? 0;
  return sum;
}

function renderFamily(name: string, { type, help, children }: Family): string {
  const lines = [...children].map(([key, { read }]) => `${key} ${formatNumber(read())}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}
