import type { GrafanaTheme2 } from '@grafana/data';
import { css } from '@emotion/css';

/** A list without marks, one entry below the other. */
export function plainList(theme: GrafanaTheme2): string {
  return css({
    listStyle: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  });
}
