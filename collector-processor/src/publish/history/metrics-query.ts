import type { Series } from '../../model/anomaly.ts';
import type { HistoryRequest } from '../../model/history.ts';
import type { SourceNaming } from '../findings/finding-options.ts';
import { labelName } from '../findings/score-labels.ts';
import { sourceName } from '../findings/source-name.ts';

const namings: readonly SourceNaming[] = ['verbatim', 'underscores', 'prometheus'];
const environments = ['deployment.environment.name', 'deployment.environment'];
const quantiles: Readonly<Record<string, number>> = { p50: 0.5, p95: 0.95, p99: 0.99 };

type Question = Pick<HistoryRequest, 'series' | 'stepMs' | 'counter'>;

/**
 * What VictoriaMetrics is asked (MetricsQL) for the steps of a series; undefined for what it cannot hold. One query asks for
 * all three ways in which it names OTLP metrics and labels: as sent, with underscores (-usePromCompatibleNaming), and with
 * units and types as well (-opentelemetry.usePrometheusNaming). Spans and log records have only what Sentinel published of
 * them: the series `y` (publish.score_series.series).
 */
export function metricsQuery({ series, stepMs, counter }: Question): string | undefined {
  const window = `[${Math.round(stepMs / 1000)}s]`;
  if (series.signal !== 'metrics') return `avg(avg_over_time(y{series_id=${quote(series.id)}}${window}))`;
  const of = (suffix: string): string => `{${selectors(series, suffix)}}${window}`;
  /** Per second, of all instances. */
  const rate = (suffix: string): string =>
    counter === 'cumulative' ? `sum(rate(${of(suffix)}))` : `sum(sum_over_time(${of(suffix)})) / ${stepMs / 1000}`;
  if (series.measure === 'value') return `avg(avg_over_time(${of('')}))`;
  if (series.pointKind === 'sum') return series.measure === 'rate' ? rate('') : undefined;
  if (series.measure === 'rate') return rate('_count');
  if (series.measure === 'mean') return `(${rate('_sum')}) / (${rate('_count')})`;
  const quantile = quantiles[series.measure];
  if (quantile === undefined || series.pointKind === 'summary') return undefined;
  const added = counter === 'cumulative' ? 'rate' : 'sum_over_time';
  return `histogram_quantile(${quantile}, sum(${added}(${of('_bucket')})) by (le, vmrange))`;
}

/** Joined by `or`: each naming, each name of the environment. */
function selectors(series: Series, suffix: string): string {
  const branches = namings.flatMap((naming) => {
    const wanted = (series.environment === '' ? [undefined] : environments).map((environment) => {
      const named = environment === undefined ? [] : [[environment, series.environment] as const];
      return selector(sourceName(series, naming) + suffix, naming, [...labelsOf(series), ...named]);
    });
    return wanted;
  });
  return [...new Set(branches)].join(' or ');
}

type Labels = readonly (readonly [name: string, value: string])[];

function labelsOf({ service, namespace, attributes }: Series): Labels {
  return [['service.name', service], ['service.namespace', namespace], ...Object.entries(attributes)];
}

function selector(metric: string, naming: SourceNaming, labels: Labels): string {
  const wanted = labels.map(([name, value]) => [naming === 'verbatim' ? name : labelName(name), value] as const);
  return [['__name__', metric] as const, ...wanted]
    .map(([name, value]) => `${/^\w+$/.test(name) ? name : quote(name)}=${quote(value)}`)
    .join(',');
}

function quote(text: string): string {
  return JSON.stringify(text);
}
