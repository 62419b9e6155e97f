import type { Slo } from '../../api/slos';
import { cut } from '../timeline/describe-mark';

/** "region=eu": the labels in which a budget differs from others of its objective; its id where none does. */
export function groupText(slo: Slo, groups: readonly Slo[]): string {
  const own = Object.entries(slo.labels).filter(([name, value]) => groups.some(({ labels }) => labels[name] !== value));
  return cut(own.length === 0 ? slo.id : own.map(([name, value]) => `${name}=${value}`).join(', '));
}
