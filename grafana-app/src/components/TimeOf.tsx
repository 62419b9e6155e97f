import { t } from '@grafana/i18n';
import { Tooltip } from '@grafana/ui';
import { unescaped } from '../app/unescaped';
import { clock, fullTime, timeAgo } from '../grafana/format-time';

/** Relative beside absolute; the tooltip holds date and zone. */
export function TimeOf({ timeMs }: { readonly timeMs: number }) {
  return (
    <Tooltip content={fullTime(timeMs)}>
      <span style={{ whiteSpace: 'nowrap' }}>
        {t('time.both', '{{clock}}, {{ago}}', {
          clock: clock(timeMs),
          ago: timeAgo(timeMs),
          interpolation: unescaped,
        })}
      </span>
    </Tooltip>
  );
}
