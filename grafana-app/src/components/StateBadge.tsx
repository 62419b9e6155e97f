import { t } from '@grafana/i18n';
import { Badge } from '@grafana/ui';

interface Props {
  readonly state: 'open' | 'closed';
  /** It no longer fits what the list was asked for. */
  readonly left?: boolean | undefined;
}

export function StateBadge({ state, left = false }: Props) {
  if (left) {
    return <Badge color="darkgrey" icon="minus" text={t('state.left', 'No longer matches')} />;
  }
  return state === 'open' ? (
    <Badge color="darkgrey" icon="record-audio" text={t('state.open', 'Open')} />
  ) : (
    <Badge color="darkgrey" icon="check" text={t('state.closed', 'Closed')} />
  );
}
