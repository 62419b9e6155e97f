import type { GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { describeMark, detailMark } from './describe-mark';
import type { Mark } from './marks';

interface Props {
  readonly mark: Mark;
  readonly x: number;
  readonly width: number;
  readonly top: number;
  readonly pinned: boolean;
  readonly timeZone: TimeZone;
}

const cardWidth = 320;

/** What a mark says, below the lanes so that it hides none of them. */
export function MarkCard({ mark, x, width, top, pinned, timeZone }: Props) {
  const styles = useStyles2(getStyles);
  const left = Math.max(0, Math.min(x, width - cardWidth));
  return (
    <div className={pinned ? styles.pinned : styles.card} style={{ left, top, width: Math.min(cardWidth, width) }}>
      <div>{describeMark(mark, timeZone)}</div>
      <div className={styles.detail}>{detailMark(mark, timeZone)}</div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const card = {
    position: 'absolute' as const,
    zIndex: theme.zIndex.tooltip,
    padding: theme.spacing(1),
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z2,
    fontSize: theme.typography.bodySmall.fontSize,
    pointerEvents: 'none' as const,
  };
  return {
    card: css(card),
    pinned: css({ ...card, borderColor: theme.colors.primary.border, pointerEvents: 'auto', userSelect: 'text' }),
    detail: css({ color: theme.colors.text.secondary }),
  };
};
