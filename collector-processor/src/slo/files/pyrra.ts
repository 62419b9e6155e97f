import type { Indicator, SloAlerting, WindowQuery } from '../../model/slo.ts';
import { promDuration } from '../../runtime/yaml/lengths-of-time.ts';
import { textsOf } from '../../runtime/yaml/schema-parts.ts';
import { timeAt } from '../../runtime/yaml/time-at.ts';
import { fault, faults, part, type Part, then, together } from '../../runtime/yaml/understood.ts';
import { parseQuery } from '../promql/parse-query.ts';
import { defaultAlerting, labelsOf, targetOf } from './common-parts.ts';
import type { Found } from './found.ts';
import type { PyrraSlo } from './pyrra-schema.ts';

type Path = readonly (string | number)[];

/** Labels that Pyrra hands on to its rules. */
const HANDED_ON = 'pyrra.dev/';

export function readPyrra({ metadata: { name, namespace, labels = {} }, spec }: PyrraSlo): Found {
  const read = together({
    target: targetOf(Number(spec.target), ['spec', 'target']),
    indicator: indicatorOf(spec.indicator, ['spec', 'indicator']),
    durationMs: timeAt(spec.window, ['spec', 'window'], '28d or 4w'),
  });
  if (read.kind === 'faults') return { objectives: [], faults: read.faults };
  const { target, indicator } = read.value;
  const handedOn = Object.entries(labels).filter(([label]) => label.startsWith(HANDED_ON));
  const objective = {
    name,
    displayName: name,
    description: spec.description ?? '',
    service: textsOf(labels)['service'] ?? textsOf(labels)['app.kubernetes.io/name'] ?? namespace ?? name,
    labels: labelsOf(Object.fromEntries(handedOn.map(([label, value]) => [label.slice(HANDED_ON.length), value]))),
    target,
    indicator,
    window: { kind: 'rolling', durationMs: read.value.durationMs } as const,
    alerting: alertingOf(spec.alerting),
    path: ['spec'],
  };
  return { objectives: [objective], faults: [] };
}

function alertingOf(written: PyrraSlo['spec']['alerting'] = {}): SloAlerting {
  const enabled = written.disabled !== true && written.burnrates !== false;
  return {
    ...defaultAlerting,
    name: written.name ?? 'ErrorBudgetBurn',
    page: { ...defaultAlerting.page, enabled },
    ticket: { ...defaultAlerting.ticket, enabled },
    absent: written.disabled !== true && written.absent !== false,
  };
}

function indicatorOf(written: PyrraSlo['spec']['indicator'], path: Path): Part<Indicator> {
  const { ratio, latency, latencyNative, bool_gauge: boolGauge, ...rest } = written;
  const given = [ratio, latency, latencyNative, boolGauge].filter((one) => one !== undefined);
  if (given.length !== 1 || Object.keys(rest).length > 0) {
    const message = 'An indicator is one of ratio, latency, latencyNative and bool_gauge.';
    return faults(fault(path, message, 'Keep one of them.'));
  }
  if (ratio !== undefined) {
    const read = together({
      query: counted(ratio.errors.metric, { grouping: ratio.grouping, path: [...path, 'ratio', 'errors', 'metric'] }),
      total: counted(ratio.total.metric, { grouping: ratio.grouping, path: [...path, 'ratio', 'total', 'metric'] }),
    });
    return then(read, (queries) => part({ kind: 'events', outcome: 'bad', ...queries }));
  }
  if (latency !== undefined) {
    const { grouping } = latency;
    const read = together({
      query: counted(latency.success.metric, { grouping, path: [...path, 'latency', 'success', 'metric'] }),
      total: counted(latency.total.metric, { grouping, path: [...path, 'latency', 'total', 'metric'] }),
    });
    return then(read, (queries) => part({ kind: 'events', outcome: 'good', ...queries }));
  }
  return latencyNative === undefined ? gaugeOf(boolGauge, path) : nativeOf(latencyNative, path);
}

interface Selected {
  readonly grouping: readonly string[] | undefined;
  readonly path: Path;
  readonly over?: string;
}

/** `sum by (handler) (increase(metric[window]))`. */
function counted(metric: string, { grouping = [], path, over = 'increase' }: Selected): Part<WindowQuery> {
  const parsed = parseQuery(metric);
  const [only, ...others] = parsed.kind === 'query' ? parsed.selectors : [];
  if (only === undefined || others.length > 0 || metric.slice(only.from, only.to) !== metric.trim()) {
    const remedy = 'Write one selector, such as http_requests_total{job="api"}.';
    return faults(fault(path, `"${metric}" is no selector of one metric.`, remedy));
  }
  const by = grouping.length === 0 ? '' : ` by (${grouping.join(', ')})`;
  return part({ text: `sum${by} (${over}(${metric.trim()}[{{.window}}]))`, counts: 'events' });
}

/** The share of a native histogram below the latency. */
function nativeOf(
  { total, latency, grouping }: NonNullable<PyrraSlo['spec']['indicator']['latencyNative']>,
  path: Path,
): Part<Indicator> {
  const limitMs = promDuration(latency);
  const read = counted(total.metric, { grouping, path: [...path, 'latencyNative', 'total', 'metric'] });
  if (read.kind === 'faults') return read;
  if (limitMs === undefined) {
    const at = [...path, 'latencyNative', 'latency'];
    return faults(fault(at, `"${latency}" is no length of time.`, 'Write it as 200ms or 1s.'));
  }
  const histogram = read.value.text;
  const all = `histogram_count(${histogram})`;
  const good = `histogram_fraction(0, ${limitMs / 1000}, ${histogram}) * ${all}`;
  return part({
    kind: 'events',
    outcome: 'good',
    query: { text: good, counts: 'events' },
    total: { text: all, counts: 'events' },
  });
}

/** A gauge of 1 and 0, such as `probe_success`: each point is an event. */
function gaugeOf(gauge: PyrraSlo['spec']['indicator']['bool_gauge'], path: Path): Part<Indicator> {
  const at = { grouping: gauge?.grouping, path: [...path, 'bool_gauge', 'metric'] };
  const read = together({
    query: counted(gauge?.metric ?? '', { ...at, over: 'sum_over_time' }),
    total: counted(gauge?.metric ?? '', { ...at, over: 'count_over_time' }),
  });
  return then(read, (queries) => part({ kind: 'events', outcome: 'good', ...queries }));
}
