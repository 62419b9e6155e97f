import type { GrafanaTheme2 } from '@grafana/data';
import { Stack, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import type { ReactNode } from 'react';

interface Props<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  readonly children: (item: Item) => ReactNode;
}

/** Rows where there is no room for a table. */
export function Cards<Item>({ label, items, idOf, children }: Props<Item>) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.list} aria-label={label}>
      {items.map((item) => (
        <li key={idOf(item)} className={styles.card}>
          <Stack direction="column" gap={1}>
            {children(item)}
          </Stack>
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  card: css({
    padding: theme.spacing(1.5),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    overflowWrap: 'anywhere',
    // Fingers need 44 px.
    a: { minHeight: 44, display: 'flex', alignItems: 'center', whiteSpace: 'normal' },
  }),
});
