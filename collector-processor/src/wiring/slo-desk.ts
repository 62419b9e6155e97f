import type { SloDesk } from '../api/slo-desk.ts';
import type { SloBurner } from '../contract/slo-burned.ts';
import type { SloReport } from '../contract/slo-report.ts';
import { burnedOf } from '../slo/account/burned.ts';
import { type Account, effectsOf, historyOf, leftOf } from '../slo/account/history.ts';
import { lastMonth, monthRange } from '../slo/account/months.ts';
import type { Budget } from '../slo/budget/budget.ts';
import { CorrectedCounts } from '../slo/budget/corrected-counts.ts';
import { shareOf } from '../slo/budget/counts.ts';
import type { TimeRange } from '../slo/budget/ranges.ts';
import { windowAt } from '../slo/budget/time-window.ts';
import type { SloStage } from '../slo/slo-stage.ts';
import type { Foundation } from './foundation.ts';
import { maintenanceView } from './maintenance-view.ts';
import { createBurners } from './slo-burners.ts';
import { sloView } from './slo-view.ts';

const stepsMs = { hour: 3_600_000, day: 86_400_000 } as const;

/** Longer ranges are told by the day. */
const LONG_MS = 92 * stepsMs.day;

const MOST_BURNERS = 5;

/** What the API asks of error budgets: the stage has the counts, the store the incidents and changes. */
export function createSloDesk(foundation: Foundation, stage: () => SloStage): SloDesk {
  const { settings, store, clock } = foundation;
  const timeZone = settings.score.calendar.timeZone;
  const burners = createBurners(store);

  function rangeOf({ objective: { window } }: Budget, asked: Partial<TimeRange>): TimeRange {
    const nowMs = clock.nowMs();
    const toMs = Math.min(asked.toMs ?? nowMs, nowMs);
    return { fromMs: Math.min(asked.fromMs ?? windowAt(window, nowMs).fromMs, toMs), toMs };
  }

  async function burned(budget: Budget, { ring, corrections, range }: Account) {
    const { total } = new CorrectedCounts(ring, corrections).sum(range);
    const allowed = total > 0 ? total * (1 - budget.objective.target) : null;
    return burnedOf<Omit<SloBurner, 'bad' | 'share'>>({
      ...{ ring, corrections, range, allowed },
      burners: await burners(budget, range),
    });
  }

  async function monthOf(budget: Budget, range: TimeRange): Promise<SloReport['slos'][number]> {
    const { id, group, objective, isAsked } = budget;
    const account = await stage().account(budget, range);
    const { ring } = account;
    const corrections = account.corrections.filter((one) => one.toMs > range.fromMs && one.fromMs < range.toMs);
    const counts = new CorrectedCounts(ring, corrections);
    const sum = counts.sum(range);
    const bad = shareOf(sum);
    const left = leftOf(sum, 1 - objective.target);
    const { items } = await burned(budget, account);
    const minutes = (range.toMs - range.fromMs) / 60_000;
    return {
      ...{ id, displayName: objective.displayName, service: objective.service, group, objective: objective.target },
      ...{ counts: sum, takenOut: counts.out(range), good: bad === undefined ? null : 1 - bad },
      ...{ met: left === null ? null : left >= 0, left },
      leftUncorrected: leftOf(counts.all(range), 1 - objective.target),
      unknownMinutes: isAsked ? Math.max(0, Math.round(minutes) - ring.knownMinutes(range)) : 0,
      crossings: [...(await stage().crossings(budget, range))],
      corrections: [...corrections],
      burners: items.slice(0, MOST_BURNERS),
    };
  }

  return {
    list: () => stage().budgets().map(sloView),
    async history(id, asked, step) {
      const budget = stage().find(id);
      if (budget === undefined) return undefined;
      const range = rangeOf(budget, asked);
      const isLong = range.toMs - range.fromMs > LONG_MS;
      const stepMs = isLong ? stepsMs.day : stepsMs[step ?? 'hour'];
      const account = await stage().account(budget, range);
      return {
        ...{ id, ...range, stepMs },
        ...historyOf(account, stepMs),
        corrections: effectsOf(account).filter(
          ({ correction: { fromMs, toMs } }) => toMs > range.fromMs && fromMs < range.toMs,
        ),
        gaps: budget.isAsked ? account.ring.gaps(range) : [],
        // One of this very moment belongs to it.
        crossings: await stage().crossings(budget, { ...range, toMs: range.toMs + 1 }),
      };
    },
    async burned(id, asked) {
      const budget = stage().find(id);
      if (budget === undefined) return undefined;
      const range = rangeOf(budget, asked);
      return { id, ...range, ...(await burned(budget, await stage().account(budget, range))) };
    },
    async report(asked) {
      const nowMs = clock.nowMs();
      const month = asked ?? lastMonth(nowMs, timeZone);
      const { fromMs, toMs } = monthRange(month, timeZone);
      const range = { fromMs, toMs: Math.max(fromMs, Math.min(toMs, nowMs)) };
      const slos = [];
      // One after the other: each reads a month from the store.
      for (const { budget } of stage().budgets()) slos.push(await monthOf(budget, range));
      slos.sort((a, b) => (a.left ?? -Infinity) - (b.left ?? -Infinity) || a.id.localeCompare(b.id));
      return { month, timeZone, fromMs, toMs, complete: toMs <= nowMs, slos };
    },
    concerns: (scope) => stage().concerns(scope),
    async correct(correction) {
      const answer = await stage().correct(correction);
      return answer === 'full' ? { kind: 'full' } : { kind: 'done', ...answer };
    },
    async reverse(id, reversal) {
      const answer = await stage().reverse(id, reversal);
      return answer === undefined ? { kind: 'unknown' } : { kind: 'done', ...answer };
    },
    maintenance: () => ({ items: stage().maintenance.map((window) => maintenanceView(window, clock.nowMs())) }),
  };
}
