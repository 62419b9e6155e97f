import { t } from '@grafana/i18n';
import { Badge, Text } from '@grafana/ui';
import type { LoadState } from '../app/load-state';
import { unescaped } from '../app/unescaped';
import { clock } from '../grafana/format-time';

interface Props {
  readonly state: LoadState<unknown>;
  /** Events arrive, not only answers to polling. */
  readonly live: boolean;
}

/** In the page head: how old what is shown may be. */
export function Freshness({ state, live }: Props) {
  if (state.kind !== 'ready') {
    return null;
  }
  const time = clock(state.atMs);
  if (state.stale) {
    const hint = t('state.data-from-hint', 'The sidecar has not answered since {{time}}. Trying again every 10 s.', {
      time,
      interpolation: unescaped,
    });
    const text = t('state.data-from', 'Data from {{time}}', { time, interpolation: unescaped });
    return <Badge color="orange" icon="clock-nine" text={text} tooltip={hint} />;
  }
  return (
    <Text color="secondary" variant="bodySmall">
      {live ? t('state.live', 'Live') : t('state.updated', 'Updated {{time}}', { time, interpolation: unescaped })}
    </Text>
  );
}
