import { dateTimeFormat, type GrafanaTheme2, systemDateFormats } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { ticks, type TimeScale, toX } from './time-scale';
import { zoneOffsetMs } from './zone-offset';

interface Props {
  readonly scale: TimeScale;
  readonly timeZone: TimeZone;
  readonly left: number;
}

const day = 86_400_000;
/** Room of half a label: ticks nearer to an end would be cut. */
const halfLabel = 24;

/** Points of time below the lanes, as text, so that they can be read, zoomed and translated. */
export function TimeAxis({ scale, timeZone, left }: Props) {
  const styles = useStyles2(getStyles);
  const span = scale.toMs - scale.fromMs;
  const { interval } = systemDateFormats;
  const format = span > 2 * day ? interval.day : span > 600_000 ? interval.minute : interval.second;
  const marks = ticks(scale, { offsetMs: zoneOffsetMs(scale.fromMs, timeZone) })
    .map((time) => ({ time, x: toX(scale, time) }))
    .filter(({ x }) => x >= halfLabel && x <= scale.width - halfLabel);
  return (
    <div className={styles.axis} style={{ marginLeft: left, width: scale.width }} aria-hidden>
      {marks.map(({ time, x }) => (
        <span key={time} className={styles.tick} style={{ left: x }}>
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
