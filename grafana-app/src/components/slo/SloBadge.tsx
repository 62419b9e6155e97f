import { Badge } from '@grafana/ui';
import type { SloStatus } from '../../api/slos';
import { statusLooks, statusWord } from './slo-words';

export function SloBadge({ status }: { readonly status: SloStatus }) {
  return (
    <span>
      <Badge text={statusWord(status)} {...statusLooks[status]} />
    </span>
  );
}
