import type { PlacedObjective } from '../../model/slo.ts';
import { labelsOfSlo } from '../rules/slo-labels.ts';
import { budgetKey, type Group, groupOfKey } from './budget-key.ts';
import { Budget } from './budget.ts';

interface ShelfParts {
  readonly objectives: readonly PlacedObjective[];
  readonly maxBudgets: number;
  /** A budget came, or went. */
  readonly onNew: (budget: Budget) => void;
  readonly onGone: (budget: Budget) => void;
}

/**
 * All error budgets: one for each objective, or one for each group that a query splits it into. An objective of which no group
 * is known has one budget of which nobody knows anything, so that it is listed.
 */
export class BudgetShelf {
  private readonly parts: ShelfParts;
  private readonly byKey = new Map<string, Budget>();
  private readonly byObjective = new Map<string, Budget[]>();

  constructor(parts: ShelfParts) {
    this.parts = parts;
    for (const objective of parts.objectives) this.put(objective, {});
  }

  all(): readonly Budget[] {
    return [...this.byKey.values()];
  }

  of(objective: PlacedObjective): readonly Budget[] {
    return this.byObjective.get(labelsOfSlo(objective).id) ?? [];
  }

  find(id: string): Budget | undefined {
    return this.all().find((budget) => budget.id === id);
  }

  get longestMs(): number {
    return Math.max(0, ...this.all().map(({ keptMs }) => keptMs));
  }

  /** The budget of a key of the store; undefined when it is of no objective of these, or there is no room. */
  ofKey(key: string): Budget | undefined {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    for (const objective of this.parts.objectives) {
      if (objective.indicator.kind === 'requests') continue;
      const group = groupOfKey(key, labelsOfSlo(objective).id);
      if (group !== undefined) return this.group(objective, group);
    }
    return undefined;
  }

  /** The budget of a group; undefined when there is no room for another one. */
  group(objective: PlacedObjective, group: Group): Budget | undefined {
    const { id } = labelsOfSlo(objective);
    const known = this.byKey.get(budgetKey(id, group));
    if (known !== undefined) return known;
    const nobody = this.byKey.get(id);
    const isStandIn = nobody !== undefined && !nobody.isTold;
    if (this.byKey.size - Number(isStandIn) >= this.parts.maxBudgets) return undefined;
    if (isStandIn) this.remove(nobody);
    return this.put(objective, group);
  }

  /** Groups of which nothing is known any more within their window. */
  clear(nowMs: number): void {
    for (const budget of this.all()) {
      const isOver = budget.isAsked && budget.isTold && budget.toldBefore(nowMs - budget.keptMs);
      if (!isOver || this.of(budget.objective).length === 1) continue;
      this.remove(budget);
    }
  }

  private put(objective: PlacedObjective, group: Group): Budget {
    const budget = new Budget(objective, group);
    this.byKey.set(budget.key, budget);
    this.byObjective.set(budget.objectiveId, [...(this.byObjective.get(budget.objectiveId) ?? []), budget]);
    this.parts.onNew(budget);
    return budget;
  }

  private remove(budget: Budget): void {
    this.byKey.delete(budget.key);
    const others = (this.byObjective.get(budget.objectiveId) ?? []).filter((one) => one !== budget);
    this.byObjective.set(budget.objectiveId, others);
    this.parts.onGone(budget);
  }
}
