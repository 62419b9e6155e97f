import type { Series } from '../../model/anomaly.ts';
import type { TunedSettings, Tuning } from '../../model/tuning.ts';
import { inScope, isActive, specificity } from './matches.ts';

const NONE: readonly Tuning[] = [];

/**
 * The rules in force. Of those that concern a series at a time one acts: the one that names most, of several alike the
 * newest. Which rules concern a series is found once for each set of rules, so a step without rules costs nothing.
 */
export class Tunings {
  private rules: readonly Tuning[] = NONE;
  private promoted: TunedSettings = {};
  private found = new WeakMap<Series, readonly Tuning[]>();

  apply(rules: readonly Tuning[], settings: TunedSettings = {}): void {
    this.rules = rules;
    this.promoted = settings;
    this.found = new WeakMap();
  }

  get all(): readonly Tuning[] {
    return this.rules;
  }

  /** What acts in place of the configuration; another object for another version. */
  get settings(): TunedSettings {
    return this.promoted;
  }

  of(series: Series, timeMs: number): Tuning | undefined {
    if (this.rules.length === 0) return undefined;
    let concerning = this.found.get(series);
    if (concerning === undefined) {
      concerning = bySpecificity(this.rules.filter(({ scope }) => inScope(scope, series)));
      this.found.set(series, concerning);
    }
    return concerning.find(({ window }) => isActive(window, timeMs));
  }
}

function bySpecificity(rules: readonly Tuning[]): readonly Tuning[] {
  return rules.length === 0 ? NONE : rules.toReversed().toSorted((a, b) => specificity(b.scope) - specificity(a.scope));
}
