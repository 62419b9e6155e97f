import { oneOf } from '../../app/one-of';
import { BudgetBar } from '../../components/slo/BudgetBar';
import { knownStatuses } from '../../components/slo/known-statuses';
import { leftOf } from './figure-text';
import type { PanelSlo } from './panel-slo';

/** Colored by who judged it: Sentinel's status, otherwise the thresholds of the panel. */
export function PanelBudgetBar({ slo }: { readonly slo: PanelSlo }) {
  const { left } = slo;
  const status = oneOf(slo.status, knownStatuses);
  const color = status === undefined && left !== undefined ? left.field.display?.(left.value).color : undefined;
  return <BudgetBar left={left?.value ?? null} status={status} color={color} text={leftOf(slo)} />;
}
