import { t } from '@grafana/i18n';
import { unescaped } from '../app/unescaped';
import { clock, fullTime, timeAgo } from '../grafana/format-time';

interface Props {
  readonly timeMs: number;
  readonly oneLine?: boolean;
}

/** Relative beside absolute; date and zone on hover. A `Tooltip` each would make a list of fifty slow. */
export function TimeOf({ timeMs, oneLine = false }: Props) {
  return (
    <time
      dateTime={new Date(timeMs).toISOString()}
      title={fullTime(timeMs)}
      style={oneLine ? { whiteSpace: 'nowrap' } : undefined}
    >
      {t('time.both', '{{clock}}, {{ago}}', { clock: clock(timeMs), ago: timeAgo(timeMs), interpolation: unescaped })}
    </time>
  );
}
