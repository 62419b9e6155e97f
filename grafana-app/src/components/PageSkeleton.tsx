import { useStyles2 } from '@grafana/ui';
import type { GrafanaTheme2 } from '@grafana/data';
import { css, keyframes } from '@emotion/css';

/** Boxes of the size of what comes; nothing for the first 300 ms, because most answers are faster. */
export function PageSkeleton({ label }: { readonly label: string }) {
  const styles = useStyles2(getStyles);
  return (
    <div role="status" aria-label={label} className={styles.skeleton}>
      <div className={styles.box} style={{ height: 132 }} />
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} className={styles.box} style={{ height: 36 }} />
      ))}
    </div>
  );
}

const appear = keyframes({ from: { opacity: 0 }, to: { opacity: 1 } });

const getStyles = (theme: GrafanaTheme2) => ({
  skeleton: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    opacity: 0,
    [theme.transitions.handleMotion('no-preference', 'reduce')]: { animation: `${appear} 1ms 300ms forwards` },
  }),
  box: css({ background: theme.colors.background.secondary, borderRadius: theme.shape.radius.default }),
});
