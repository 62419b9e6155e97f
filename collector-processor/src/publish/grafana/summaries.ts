import type { GrafanaAnnotatorOptions } from './annotator-options.ts';
import { createSummary } from './summary.ts';

/** What stands for annotations that are not drawn one by one. */
export function createSummaries(options: Pick<GrafanaAnnotatorOptions, 'newWindow' | 'editInterval'>, appPath: string) {
  const common = { windowMs: options.newWindow, editIntervalMs: options.editInterval, appPath };
  return {
    incidents: createSummary({
      ...common,
      name: 'more-incidents',
      tag: 'sentinel:incident',
      title: (count) => `${count} more ${count === 1 ? 'incident' : 'incidents'}`,
    }),
    changes: createSummary({
      ...common,
      name: 'more-changes',
      tag: 'sentinel:change',
      title: (count) => `${count} more ${count === 1 ? 'change' : 'changes'}`,
    }),
    budgets: createSummary({
      ...common,
      name: 'more-budgets',
      tag: 'sentinel:budget',
      title: (count) => `${count} more error ${count === 1 ? 'budget' : 'budgets'} began or ceased to burn`,
    }),
    overdue: createSummary({
      ...common,
      name: 'not-drawn',
      tag: 'sentinel:incident',
      title: (count) =>
        `${count} older ${count === 1 ? 'annotation was' : 'annotations were'} not drawn: Grafana was away`,
    }),
  };
}
