/**
 * The label `for` of a score series: the source as the metrics store names it, so that a chart can put both side by side.
 *
 * - metrics: the metric's name in the store's own naming. `verbatim` is VictoriaMetrics' default; `underscores` its
 *   -usePromCompatibleNaming; `prometheus` its -opentelemetry.usePrometheusNaming and the default of Prometheus and Mimir
 *   (OpenTelemetry's "Prometheus and OpenMetrics compatibility": unit and type as suffixes). Histograms go by their family
 *   name: the store adds _bucket, _count or _sum, and the label `measure` tells which of them is meant.
 * - spans and logs have no metric in the store: `span_p95`, `span_error_ratio`, `log_template_rate`.
 */
import type { Series } from '../../model/anomaly.ts';
import type { SourceNaming } from './finding-options.ts';

type SourceSeries = Pick<Series, 'signal' | 'measure' | 'metric' | 'unit' | 'pointKind'>;

export function sourceName(series: SourceSeries, naming: SourceNaming): string {
  if (series.signal === 'traces') return `span_${series.measure}`;
  if (series.signal === 'logs') return `log_${series.measure}`;
  const metric = series.metric ?? '';
  if (naming === 'verbatim') return metric;
  if (naming === 'underscores') return withoutLeadingDigit(metric.replace(/[^a-zA-Z0-9_:]/g, '_'));
  return prometheusName(metric, series);
}

function prometheusName(metric: string, series: SourceSeries): string {
  const words = withUnit(wordsOf(metric), series.unit ?? '');
  const last = typeSuffix(series);
  return withoutLeadingDigit(last === '' ? words.join('_') : endingWith(last, words));
}

/** `By/s` adds bytes, per, second, as far as the name does not have them. */
function withUnit(name: readonly string[], unit: string): string[] {
  const words = [...name];
  const [main = '', per = ''] = unit.split('/').map((part) => (part.includes('{') ? '' : part.trim()));
  for (const word of wordsOf(unitNames[main] ?? main)) if (!words.includes(word)) words.push(word);
  for (const word of wordsOf(perUnitNames[per] ?? per)) if (!words.includes(word)) words.push('per', word);
  return words;
}

/** A rate is that of a counter unless the points say otherwise, a value that of a gauge. */
function typeSuffix({ measure, pointKind, unit }: SourceSeries): '' | 'total' | 'ratio' {
  if (measure === 'rate' && (pointKind ?? 'sum') === 'sum') return 'total';
  return measure === 'value' && (pointKind ?? 'gauge') === 'gauge' && unit === '1' ? 'ratio' : '';
}

function endingWith(last: string, words: readonly string[]): string {
  return [...words.filter((word) => word !== last), last].join('_');
}

/** UCUM codes that OpenTelemetry uses → Prometheus' words; others are taken as they are, and annotations in braces not at all. */
const unitNames: Readonly<Record<string, string>> = {
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  GiBy: 'gibibytes',
  TiBy: 'tibibytes',
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  TBy: 'terabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
  '%': 'percent',
  1: '',
};

const perUnitNames: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
};

function wordsOf(text: string): string[] {
  return text.split(/[^a-zA-Z0-9]+/).filter((word) => word !== '');
}

function withoutLeadingDigit(name: string): string {
  return /^\d/.test(name) ? `_${name}` : name;
}
