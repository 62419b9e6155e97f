import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { ticks, type TimeScale, toX } from './time-scale';

interface Props {
  readonly scale: TimeScale;
  readonly timeZone: TimeZone;
  readonly left: number;
}

const day = 86_400_000;

/** Points of time below the lanes, as text, so that they can be read, zoomed and translated. */
export function TimeAxis({ scale, timeZone, left }: Props) {
  const styles = useStyles2(getStyles);
  const span = scale.toMs - scale.fromMs;
  const format = span > 2 * day ? 'MM-DD' : span > 600_000 ? 'HH:mm' : 'HH:mm:ss';
  return (
    <div className={styles.axis} style={{ marginLeft: left, width: scale.width }} aria-hidden>
      {ticks(scale).map((time) => (
        <span key={time} className={styles.tick} style={{ left: toX(scale, time) }}>
          {dateTimeFormat(time, { timeZone, format })}
        </span>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  axis: css({ position: 'relative', height: 20, overflow: 'hidden' }),
  tick: css({
    position: 'absolute',
    transform: 'translateX(-50%)',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
  }),
});
