import type { Slo } from '../../api/slos';
import { cut } from '../timeline/describe-mark';

/** "region=eu": the labels that tell a budget from the others of its objective; its id where none do. */
export function groupText({ id, group }: Pick<Slo, 'id' | 'group'>): string {
  const own = Object.entries(group);
  return cut(own.length === 0 ? id : own.map(([name, value]) => `${name}=${value}`).join(', '));
}
