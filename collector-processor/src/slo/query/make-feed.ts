import type { BudgetShelf } from '../budget/budget-shelf.ts';
import type { CountKeeper } from '../budget/count-keeper.ts';
import type { SloStageParts } from '../stage-parts.ts';
import { QueryFeed } from './query-feed.ts';

interface Kept {
  readonly shelf: BudgetShelf;
  readonly keeper: CountKeeper;
}

/** Undefined when nobody can be asked, which is told where something would have to be. */
export function makeFeed({ ask, options, ...parts }: SloStageParts, kept: Kept): QueryFeed | undefined {
  if (ask !== undefined) return new QueryFeed({ ...parts, ...kept, options: options.prometheus, ask });
  if (parts.objectives.some(({ indicator }) => indicator.kind !== 'requests')) {
    const remedy = 'Name a server that speaks Prometheus in slo.prometheus.url.';
    parts.logger.warn({ remedy }, 'Budgets of objectives on queries are not counted: nobody can be asked.');
  }
  return undefined;
}
