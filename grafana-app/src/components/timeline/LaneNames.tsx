import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { laneIcon, laneName } from './lane-name';
import type { VisibleLane } from './use-lanes';

/** Room for the names, px. */
export const nameWidths = { full: 76, icons: 24, none: 0 } as const;

interface Props {
  readonly lanes: readonly VisibleLane[];
  readonly names: keyof typeof nameWidths;
}

export function LaneNames({ lanes, names }: Props) {
  const styles = useStyles2(getStyles);
  if (names === 'none') {
    return null;
  }
  return (
    <div style={{ width: nameWidths[names] }} className={styles.names}>
      {lanes.map(({ lane, height }) => (
        <div key={lane} className={styles.name} style={{ height }} title={laneName(lane)}>
          {names === 'full' ? laneName(lane) : <Icon name={laneIcon(lane)} size="sm" title={laneName(lane)} />}
        </div>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  names: css({ flexShrink: 0, overflow: 'hidden' }),
  name: css({
    display: 'flex',
    alignItems: 'center',
    paddingRight: theme.spacing(1),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  }),
});
