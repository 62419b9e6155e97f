import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, Text, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { unescaped } from '../../app/unescaped';
import { formatBytes, formatCount } from '../../grafana/format-value';
import { type ChangeCoverage, type CoverageState, coverageStates } from './coverage-address';
import { countOf, countWord, stateLooks } from './coverage-words';
import type { CoverageData } from './use-coverage';

interface Props {
  readonly data: CoverageData;
  readonly chosen: CoverageState | 'all';
  readonly onChange: ChangeCoverage;
}

/** How many series are in which state. Each figure is a button that shows them; pressed again it shows all. */
export function CoverageFigures({ data: { counts, memoryBytes }, chosen, onChange }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.figures}>
      {coverageStates.map((state) => (
        <button
          key={state}
          type="button"
          className={styles.figure}
          aria-pressed={state === chosen}
          onClick={() => onChange({ state: state === chosen ? 'all' : state })}
        >
          <Icon name={stateLooks[state].icon} />
          <span>
            <span className={styles.count}>{formatCount(countOf(state, counts))}</span> {countWord(state)}
            {state === 'scored' && tiersOf(counts)}
          </span>
        </button>
      ))}
      <div className={styles.aside}>
        {memoryBytes !== undefined && (
          <Text color="secondary">
            {t('coverage.memory', 'Memory {{memory}}', { memory: formatBytes(memoryBytes), interpolation: unescaped })}
          </Text>
        )}
      </div>
    </div>
  );
}

/** Nothing to tell apart where all have a place of their own. */
function tiersOf({ scored: full, light = 0 }: CoverageData['counts']): string {
  if (light === 0) {
    return '';
  }
  const figures = { full: formatCount(full), light: formatCount(light), interpolation: unescaped };
  return ` ${t('coverage.tiers', '(full {{full}}, light {{light}})', figures)}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  figures: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), containerType: 'inline-size' }),
  figure: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: 44,
    padding: theme.spacing(0.5, 2),
    background: theme.colors.background.secondary,
    color: theme.colors.text.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    '&:hover': { background: theme.colors.action.hover },
    '&[aria-pressed=true]': { background: theme.colors.action.selected, borderColor: theme.colors.primary.border },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: 1 },
    // On a phone two beside each other.
    '@container (max-width: 544px)': { flex: '1 0 40%', padding: theme.spacing(0.5, 1) },
  }),
  count: css({ ...theme.typography.h4, fontVariantNumeric: 'tabular-nums' }),
  aside: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(0, 2), marginLeft: 'auto' }),
});
