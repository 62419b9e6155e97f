import type { Series } from '../../model/anomaly.ts';
import type { CapacityReport } from '../../model/forecast.ts';
import type { Mask } from '../../runtime/masking.ts';
import { maskedIdentity } from '../masked-identity.ts';
import { hashText, hexOf } from '../state/hash64.ts';
import type { CapacityIdentity } from './capacity-series.ts';
import { titleOf } from './resource-name.ts';

export function reportIdentity(report: CapacityReport, mask: Mask) {
  const { tenant, service, namespace, environment, kind, name, unit } = report;
  const { low, high } = hashText(['capacity', tenant, namespace, service, environment, kind, name].join('\n'));
  const series: Series = {
    ...{ id: hexOf(low, high), tenant, signal: 'metrics', measure: 'days_left', service },
    ...{ namespace, environment, metric: kind, unit: 'd', attributes: { name } },
  } as const;
  const title = mask(titleOf({ kind, metric: kind, place: name, service, instance: '' }));
  const identity: CapacityIdentity = { series: maskedIdentity(series, mask), kind, unit, title };
  return { low, high, identity };
}
