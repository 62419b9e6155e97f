import { createDataFrame, type DataFrame, FieldType } from '@grafana/data';
import type { Slo } from '../../api/slos';
import { burnNow } from '../../components/slo/burn-now';

/** The sidecar's answer in the form that a query may have too, so that both are drawn alike. */
export function toFrame(slos: readonly Slo[], withCorrections: boolean): DataFrame {
  const text = (name: string, of: (slo: Slo) => string) => ({
    name,
    type: FieldType.string,
    values: slos.map(of),
    config: {},
  });
  const number = (name: string, of: (slo: Slo) => number | null) => ({
    name,
    type: FieldType.number,
    values: slos.map(of),
    config: {},
  });
  const ends = slos.map(({ exhaustion }) => exhaustion?.atMs ?? null);
  return createDataFrame({
    fields: [
      text('slo', ({ displayName }) => displayName),
      text('id', ({ id }) => id),
      text('service', ({ service }) => service),
      text('window', ({ window }) => window),
      text('status', ({ status }) => status),
      number('objective', ({ objective }) => objective),
      number('budget_left', ({ left, leftUncorrected }) => (withCorrections ? left : leftUncorrected)),
      number('burn_rate', burnNow),
      { name: 'exhausts_at', type: FieldType.time, values: ends, config: {} },
    ],
  });
}
