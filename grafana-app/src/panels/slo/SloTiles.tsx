import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Text, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import type { ReactNode } from 'react';
import { unescaped } from '../../app/unescaped';
import { PanelBudgetBar } from './PanelBudgetBar';
import { endOf } from './end-of';
import { burnOf, leftOf } from './figure-text';
import type { PanelSlo } from './panel-slo';
import { SloName } from './SloName';
import { SloStatus } from './SloStatus';

interface Props {
  readonly slos: readonly PanelSlo[];
  readonly small: boolean;
}

/** What is left, as large as there is room for. */
export function BudgetTiles({ slos, small, showEnd }: Props & { readonly showEnd: boolean }) {
  return (
    <Tiles slos={slos} figure={small ? undefined : leftOf}>
      {(slo) => (
        <>
          <PanelBudgetBar slo={slo} />
          <Text color="secondary" variant="bodySmall">
            {[
              t('panel.slo.burns', 'Burns {{rate}}', { rate: burnOf(slo), interpolation: unescaped }),
              endOf(slo, showEnd),
            ]
              .filter((text) => text !== '')
              .join('. ')}
          </Text>
        </>
      )}
    </Tiles>
  );
}

/** How fast each goes. */
export function BurnTiles({ slos, small }: Props) {
  return (
    <Tiles slos={slos} figure={small ? undefined : burnOf}>
      {(slo) => (
        <Text color="secondary" variant="bodySmall">
          {small ? burnOf(slo) : t('panel.slo.left', '{{left}} left', { left: leftOf(slo), interpolation: unescaped })}
        </Text>
      )}
    </Tiles>
  );
}

interface TilesProps {
  readonly slos: readonly PanelSlo[];
  /** Large; left out where there is no room. */
  readonly figure: ((slo: PanelSlo) => string) | undefined;
  readonly children: (slo: PanelSlo) => ReactNode;
}

function Tiles({ slos, figure, children }: TilesProps) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.tiles} aria-label={t('slos.title', 'SLOs')}>
      {slos.map((slo) => (
        <li key={slo.key} className={styles.tile}>
          <SloName slo={slo} />
          {figure !== undefined && <div className={styles.figure}>{figure(slo)}</div>}
          {children(slo)}
          {figure !== undefined && slo.status !== '' && <SloStatus status={slo.status} />}
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tiles: css({
    listStyle: 'none',
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(200px, 100%), 1fr))',
  }),
  tile: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.5),
    padding: theme.spacing(1),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    overflowWrap: 'anywhere',
    minWidth: 0,
  }),
  figure: css({ fontSize: theme.typography.h2.fontSize, fontVariantNumeric: 'tabular-nums', lineHeight: 1.2 }),
});
