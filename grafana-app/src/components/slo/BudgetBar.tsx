import type { GrafanaTheme2 } from '@grafana/data';
import { type BadgeColor, useStyles2, useTheme2 } from '@grafana/ui';
import { css } from '@emotion/css';
import type { SloStatus } from '../../api/slos';
import { leftText, statusLooks } from './slo-words';

interface Props {
  /** 1 at first, 0 when it is used up, below 0 beyond; null: nobody knows. */
  readonly left: number | null;
  /** Decides the color; absent where nobody judged. */
  readonly status?: SloStatus | undefined;
  /** Where nobody judged it. */
  readonly color?: string | undefined;
  /** Instead of the percentage. */
  readonly text?: string | undefined;
}

/** Beyond this the bar does not grow any more; the figure beside it does. */
const FURTHEST_BELOW = 0.25;
const ZERO = FURTHEST_BELOW / (1 + FURTHEST_BELOW);

/** What is left, right of the zero mark; what is overspent, hatched and left of it. The figure stands beside the bar. */
export function BudgetBar({ left, status, color: given, text = leftText(left) }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const reach = Math.min(1, Math.max(-FURTHEST_BELOW, left ?? 0));
  const isOverspent = reach < 0;
  const color = isOverspent ? theme.colors.error.text : (given ?? colorOf(theme, status));
  const place = {
    left: percent(isOverspent ? ZERO * (1 + reach / FURTHEST_BELOW) : ZERO),
    width: percent(share(reach)),
  };
  return (
    <div className={styles.both}>
      {left === null ? null : (
        <div className={styles.track} aria-hidden>
          <div
            className={styles.fill}
            style={{
              ...place,
              background: isOverspent
                ? `repeating-linear-gradient(-45deg, ${color} 0 3px, transparent 3px 6px)`
                : color,
            }}
          />
          <div className={styles.zero} />
        </div>
      )}
      <span className={styles.figure}>{text}</span>
    </div>
  );
}

function colorOf(theme: GrafanaTheme2, status: SloStatus | undefined): string {
  const colors: Partial<Record<BadgeColor, string>> = {
    red: theme.colors.error.text,
    orange: theme.colors.warning.text,
    green: theme.colors.success.text,
    blue: theme.colors.info.text,
  };
  return (status && colors[statusLooks[status].color]) ?? theme.colors.text.secondary;
}

/** Of the whole bar, from -25% to 100%. */
function share(reach: number): number {
  return Math.abs(reach) / (1 + FURTHEST_BELOW);
}

function percent(part: number): string {
  return `${(100 * part).toFixed(2)}%`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  both: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), minWidth: 0 }),
  track: css({
    position: 'relative',
    flex: '1 1 60px',
    minWidth: 40,
    maxWidth: 160,
    height: 8,
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
  }),
  fill: css({ position: 'absolute', top: 0, bottom: 0 }),
  zero: css({
    position: 'absolute',
    top: -4,
    bottom: -4,
    left: percent(ZERO),
    width: 1,
    background: theme.colors.text.primary,
  }),
  figure: css({
    flex: 'none',
    minWidth: '4.5em',
    textAlign: 'right',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  }),
});
