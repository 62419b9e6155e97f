import { fault, faults, part, type Part } from '../../runtime/yaml/understood.ts';
import type { OpenSloSource } from './openslo-schema.ts';

/** The way from a source to its query. */
export const toQuery = ['metricSource', 'spec', 'query'] as const;

/** Types of sources that answer PromQL. */
const promqlSources = ['prometheus', 'victoriametrics', 'mimir', 'thanos', 'cortex'];

/** The query of a metric source; `typeOf` answers the type of a DataSource by its name. */
export function readSource(
  { metricSource: { metricSourceRef, type, spec } }: OpenSloSource,
  path: readonly (string | number)[],
  typeOf: (dataSource: string) => string | undefined,
): Part<string> {
  const known = metricSourceRef === undefined ? type : (typeOf(metricSourceRef) ?? type);
  if (known === undefined && metricSourceRef !== undefined) {
    const message = `There is no DataSource named ${metricSourceRef}.`;
    return faults(fault([...path, 'metricSource', 'metricSourceRef'], message, 'Add it, or write type: Prometheus.'));
  }
  if (known !== undefined && !promqlSources.includes(known.toLowerCase())) {
    const message = `A source of type ${known} cannot be asked.`;
    return faults(fault([...path, 'metricSource'], message, `Types that answer PromQL: ${promqlSources.join(', ')}.`));
  }
  return part(spec.query);
}
