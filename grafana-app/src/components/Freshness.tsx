import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Text } from '@grafana/ui';
import type { LoadState } from '../app/load-state';

/** In the page head: how old what is shown may be. */
export function Freshness({ state }: { readonly state: LoadState<unknown> }) {
  if (state.kind !== 'ready') {
    return null;
  }
  const time = dateTimeFormat(state.atMs, { format: 'HH:mm:ss' });
  if (state.stale) {
    return (
      <Badge
        color="orange"
        icon="clock-nine"
        text={t('state.data-from', 'Data from {{time}}', { time })}
        tooltip={t('state.data-from-hint', 'The sidecar has not answered since {{time}}. Trying again every 10 s.', {
          time,
        })}
      />
    );
  }
  return (
    <Text color="secondary" variant="bodySmall">
      {t('state.updated', 'Updated {{time}}', { time })}
    </Text>
  );
}
