import type { BadgeColor, IconName } from '@grafana/ui';
import { t } from '@grafana/i18n';
import type { CoverageEntry, CoveragePage } from '../../api/coverage';
import type { CoverageState } from './coverage-address';

export function stateWord(state: CoverageState): string {
  return {
    scored: t('coverage.scored', 'Scored'),
    learning: t('coverage.learning', 'Learning'),
    silent: t('coverage.silent', 'Silent'),
    evicted: t('coverage.evicted', 'Evicted'),
    unsuitable: t('coverage.unsuitable', 'Unsuitable'),
  }[state];
}

/** "4,212 scored": the word within a sentence, which other languages write differently from the one alone. */
export function countWord(state: CoverageState): string {
  return {
    scored: t('coverage.count-scored', 'scored'),
    learning: t('coverage.count-learning', 'learning'),
    silent: t('coverage.count-silent', 'silent'),
    evicted: t('coverage.count-evicted', 'evicted'),
    unsuitable: t('coverage.count-unsuitable', 'unsuitable'),
  }[state];
}

/** Nothing here is green: that a series is scored does not say that it is well. */
export const stateLooks: Readonly<Record<CoverageState, { readonly icon: IconName; readonly color: BadgeColor }>> = {
  scored: { icon: 'eye', color: 'blue' },
  learning: { icon: 'history', color: 'darkgrey' },
  silent: { icon: 'bell-slash', color: 'orange' },
  evicted: { icon: 'eye-slash', color: 'orange' },
  unsuitable: { icon: 'minus', color: 'darkgrey' },
};

/** What is said of a state beside its word: a series is scored by all detectors, or lightly. */
export function tierWord(tier: NonNullable<CoverageEntry['tier']>): string {
  return { full: t('coverage.tier-full', 'Full'), light: t('coverage.tier-light', 'Light') }[tier];
}

/** Of each state; what is scored lightly is scored too. */
export function countOf(state: CoverageState, counts: CoveragePage['counts']): number {
  return (counts[state] ?? 0) + (state === 'scored' ? (counts.light ?? 0) : 0);
}
