import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Sparkline, useStyles2, useTheme2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { PanelBudgetBar } from './PanelBudgetBar';
import { endOf } from './end-of';
import { burnOf } from './figure-text';
import type { PanelSlo } from './panel-slo';
import { SloName } from './SloName';
import { SloStatus } from './SloStatus';

interface Props {
  readonly slos: readonly PanelSlo[];
  /** Room for name, bar and burn rate only. */
  readonly small: boolean;
  readonly showEnd: boolean;
}

/** A row a budget. Columns that say nothing of any of them are left out. */
export function SloList({ slos, small, showEnd }: Props) {
  const styles = useStyles2(getStyles);
  const hasHistory = !small && slos.some(({ history }) => history !== undefined);
  const hasEnd = !small && showEnd && slos.some(({ endsMs }) => endsMs !== undefined);
  const hasStatus = !small && slos.some(({ status }) => status !== '');
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('slos.slo', 'SLO')}</th>
          <th scope="col">{t('slos.left', 'Budget left')}</th>
          {hasHistory && <th scope="col">{t('panel.slo.history', 'Before')}</th>}
          <th scope="col" className={styles.figure}>
            {t('slos.burn', 'Burn now')}
          </th>
          {hasEnd && <th scope="col">{t('slos.runs-out', 'Runs out')}</th>}
          {hasStatus && <th scope="col">{t('slos.status', 'Status')}</th>}
        </tr>
      </thead>
      <tbody>
        {slos.map((slo) => (
          <tr key={slo.key}>
            <th scope="row">
              <SloName slo={slo} />
            </th>
            <td className={styles.bar}>
              <PanelBudgetBar slo={slo} />
            </td>
            {hasHistory && (
              <td>
                <History slo={slo} />
              </td>
            )}
            <td className={styles.figure}>{burnOf(slo)}</td>
            {hasEnd && <td className={styles.oneLine}>{endOf(slo, true)}</td>}
            {hasStatus && (
              <td>
                <SloStatus status={slo.status} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const historySize = { width: 100, height: 24 } as const;

function History({ slo: { history } }: { readonly slo: PanelSlo }) {
  const theme = useTheme2();
  return history === undefined ? null : (
    <div aria-hidden style={historySize}>
      <Sparkline {...historySize} theme={theme} sparkline={history} />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    width: '100%',
    'th, td': {
      padding: theme.spacing(0.5, 1),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      textAlign: 'left',
      fontWeight: 'inherit',
    },
    'thead th': {
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      whiteSpace: 'nowrap',
    },
    'tbody th': { overflowWrap: 'anywhere' },
  }),
  bar: css({ width: '30%', minWidth: 120 }),
  // Wins over the alignment of all cells.
  figure: css({ '&&': { textAlign: 'right' }, whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }),
  oneLine: css({ whiteSpace: 'nowrap' }),
});
