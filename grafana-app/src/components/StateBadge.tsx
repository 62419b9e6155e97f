import { t } from '@grafana/i18n';
import { Badge, type IconName } from '@grafana/ui';
import type { IncidentState } from '../api/incidents';

const icons: Readonly<Record<IncidentState, IconName>> = {
  open: 'record-audio',
  acknowledged: 'user',
  mitigated: 'shield',
  watching: 'eye',
  closed: 'check',
};

export function stateWord(state: IncidentState): string {
  return {
    open: t('state.open', 'Open'),
    acknowledged: t('state.acknowledged', 'Acknowledged'),
    mitigated: t('state.mitigated', 'Mitigated'),
    watching: t('state.watching', 'Watching'),
    closed: t('state.closed', 'Closed'),
  }[state];
}

interface Props {
  /** Of an incident; an anomaly is open or closed. */
  readonly state: IncidentState;
  /** It no longer fits what the list was asked for. */
  readonly left?: boolean | undefined;
}

export function StateBadge({ state, left = false }: Props) {
  return left ? (
    <Badge color="darkgrey" icon="minus" text={t('state.left', 'No longer matches')} />
  ) : (
    <Badge color="darkgrey" icon={icons[state]} text={stateWord(state)} />
  );
}
