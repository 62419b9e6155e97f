/** Events of some time, and how many of them were bad. Fractions come from sampling and from rates. */
export interface Counts {
  readonly total: number;
  readonly bad: number;
}

/** Counts of one hour of an error budget: sixty minutes, `undefined` where nobody knows. */
export interface HourOfCounts {
  /** Key of the budget, which is more than its id: groups can be told from it. */
  readonly budget: string;
  readonly hourMs: number;
  readonly minutes: readonly (Counts | undefined)[];
}

/** Where counts survive a restart. */
export interface CountLedger {
  /** Takes the place of what was kept of that hour; false when it could not be stored. */
  keep(hour: HourOfCounts): Promise<boolean>;
  /** Hours that begin at `hourMs` or later, oldest first. */
  since(hourMs: number): Promise<readonly HourOfCounts[]>;
  /** Hours of one budget that begin from `fromMs` on, before `toMs`. */
  of(budget: string, range: { readonly fromMs: number; readonly toMs: number }): Promise<readonly HourOfCounts[]>;
}
