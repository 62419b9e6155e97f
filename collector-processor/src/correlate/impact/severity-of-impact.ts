import type { Impact, ServiceHarm, Severity } from '../../model/incident.ts';

/** Fewer harmed requests than this say little, whatever their share. */
const ENOUGH_REQUESTS = 50;
/** Shares of the requests of one service. */
const MANY_REQUESTS = 0.05;
const MOST_REQUESTS = 0.5;
/** Shares of an error budget: the loss within an hour that the workbook of site reliability engineering pages for, and five of them. */
const MUCH_BUDGET = 0.02;
const MOST_BUDGET = 0.1;

export function severityOfImpact({ budgets, services }: Pick<Impact, 'budgets' | 'services'>): Severity {
  const budget = Math.max(0, ...budgets.map(({ share }) => share));
  const requests = Math.max(0, ...services.map(harmedShare));
  if (budget >= MOST_BUDGET || requests >= MOST_REQUESTS) return 'critical';
  return budget >= MUCH_BUDGET || requests >= MANY_REQUESTS ? 'major' : 'minor';
}

/** Failed, or slow: a request is one of them at most. */
export function harmedBy({ failed, slow }: ServiceHarm): number {
  return failed + slow;
}

/** Only failures make it worse: how slow is too slow is for objectives to say. */
function harmedShare({ requests, failed }: ServiceHarm): number {
  return failed < ENOUGH_REQUESTS ? 0 : failed / Math.max(1, requests);
}
