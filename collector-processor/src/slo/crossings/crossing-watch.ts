import { type BurnLevel, burnLevels, type SloCrossing } from '../../model/slo-crossing.ts';
import type { BudgetState } from '../budget/budget-state.ts';
import type { Budget } from '../budget/budget.ts';

/** A budget has stopped burning when it has not burned for so long: errors come in waves. */
const CALM_MS = 30 * 60_000;

interface Known {
  readonly level: BurnLevel;
  /** When it last burned as badly. */
  readonly seenMs: number;
}

/**
 * Tells when a budget begins to burn, burns worse, or has stopped. What burns less than before is not told until it is over.
 * While nobody knows how a budget is, it is as it was.
 */
export class CrossingWatch {
  private readonly known = new Map<string, Known>();

  /** As it was told last. */
  restore(crossings: readonly SloCrossing[]): void {
    this.known.clear();
    for (const { slo, to, atMs } of crossings) this.known.set(slo, { level: to, seenMs: atMs });
  }

  /** The news of a budget. It is told again and again until it is taken note of. */
  look(budget: Pick<Budget, 'id' | 'objective'>, state: BudgetState, nowMs: number): SloCrossing | undefined {
    const level = levelOf(state);
    const known = this.known.get(budget.id) ?? { level: 'none', seenMs: nowMs };
    if (level === undefined) return undefined;
    const by = burnLevels.indexOf(level) - burnLevels.indexOf(known.level);
    if (by > 0) return crossing({ budget, state, from: known.level, to: level, nowMs });
    if (by === 0) this.known.set(budget.id, { level, seenMs: nowMs });
    if (by === 0 || nowMs - known.seenMs < CALM_MS) return undefined;
    if (level === 'none') return crossing({ budget, state, from: known.level, to: level, nowMs });
    this.known.set(budget.id, { level, seenMs: nowMs });
    return undefined;
  }

  /** It was told. */
  noted({ slo, to, atMs }: SloCrossing): void {
    this.known.set(slo, { level: to, seenMs: atMs });
  }

  forget(id: string): void {
    this.known.delete(id);
  }
}

interface News {
  readonly budget: Pick<Budget, 'id' | 'objective'>;
  readonly state: BudgetState;
  readonly from: BurnLevel;
  readonly to: BurnLevel;
  readonly nowMs: number;
}

function crossing({ budget: { id, objective }, state, from, to, nowMs }: News): SloCrossing {
  const tier = state.tiers.find((one) => one.tier.name === to) ?? state.tiers[0];
  return {
    id: `${id}@${Math.round(nowMs)}`,
    slo: id,
    title: objective.displayName,
    service: objective.service,
    atMs: nowMs,
    from,
    to,
    rate: tier?.longRate ?? null,
    left: state.left ?? null,
  };
}

/** Undefined while nobody knows. */
function levelOf({ status, tiers }: BudgetState): BurnLevel | undefined {
  if (status === 'no_data' || status === 'implausible') return undefined;
  if (status === 'exhausted') return 'exhausted';
  return tiers.find(({ state }) => state === 'burning')?.tier.name ?? 'none';
}
