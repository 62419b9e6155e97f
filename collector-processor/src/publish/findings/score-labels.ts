import type { Series } from '../../model/anomaly.ts';
import type { Plain } from '../../model/otlp/plain-message.ts';
import type { Mask } from '../../runtime/masking.ts';
import type { ScoreSeriesOptions } from './finding-options.ts';
import { sourceName } from './source-name.ts';

interface LabelOptions {
  readonly options: Pick<ScoreSeriesOptions, 'sourceNaming' | 'maxAttributes' | 'maxAttributeLength'>;
  readonly mask: Mask;
}

/**
 * Point attributes of a score series. All names are Prometheus label names already, so that rules and dashboards find them
 * whatever naming the store uses; `series_id` keeps two series apart whose other labels were cut to the same text.
 */
export function scoreLabels(series: Series, { options, mask }: LabelOptions): Plain<'KeyValue'>[] {
  const shown = (text = '') => cut(mask(text), options.maxAttributeLength);
  const labels = new Map([
    ['for', sourceName(series, options.sourceNaming)],
    ['series_id', series.id],
    ['signal', series.signal],
    ['measure', series.measure],
    ['service_name', shown(series.service)],
    ['service_namespace', shown(series.namespace)],
    ['deployment_environment_name', shown(series.environment)],
    ['operation', shown(series.operation)],
    ['peer', shown(series.peer)],
    ['template', shown(series.template)],
    ['severity', shown(series.severity)],
  ]);
  const reserved = new Set(labels.keys());
  for (const [name, value] of Object.entries(series.attributes).slice(0, options.maxAttributes)) {
    const safe = labelName(name);
    const label = reserved.has(safe) ? `attribute_${safe}` : safe;
    const joined = labels.get(label);
    // Two names may become one (`a.b` and `a_b`): Prometheus' own rule joins their values.
    labels.set(label, joined === undefined ? shown(value) : `${joined};${shown(value)}`);
  }
  return [...labels].filter(([, value]) => value !== '').map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

/** Names that start with a digit or an underscore get `key` in front, as in OpenTelemetry's rules for Prometheus. */
export function labelName(name: string): string {
  const safe = name.replace(/[^a-zA-Z0-9_]/g, '_');
  if (/^\d/.test(safe)) return `key_${safe}`;
  return safe === '' || safe.startsWith('_') ? `key${safe}` : safe;
}

function cut(text: string, limit: number): string {
  const characters = Array.from(text);
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}
