import type { CaseSeries } from './cause-case.ts';
import { isOddSeries } from './evidence.ts';
import type { Rows } from './rows.ts';

/**
 * Without the views that most other callers do not share: a database that fails one of its callers and serves the others as
 * ever is not what is at fault.
 */
export function agreedSeries(series: readonly CaseSeries[], rows: Rows): readonly CaseSeries[] {
  const views = Map.groupBy(
    series.filter(({ seenBy }) => seenBy !== undefined),
    ({ service, measure }) => `${service}\n${measure}`,
  );
  const lonely = new Set<CaseSeries>();
  for (const same of views.values()) {
    const odd = same.filter((one) => isOddSeries(one, rows));
    if (2 * odd.length <= same.length) for (const one of odd) lonely.add(one);
  }
  return lonely.size === 0 ? series : series.filter((one) => !lonely.has(one));
}
