import type { GuardResult } from '../../model/action.ts';
import { askGuards } from '../guards/guard-chain.ts';
import type { Asked } from '../guards/guard.ts';

/**
 * What the guards say of several requests, at each of several clocks: a plan may begin when nothing stands against any step,
 * whichever clock is right.
 */
export function decide(requests: readonly Asked['request'][], asking: Asking): readonly GuardResult[] {
  const all = requests.flatMap((request) => asking.clocksMs.map((nowMs) => resultsFor(request, nowMs, asking)));
  const [first = []] = all;
  return first.map(
    ({ guard }, index) =>
      all.map((one) => one[index]).find((one) => one?.kind === 'refused') ?? { guard, kind: 'passed' },
  );
}

export interface Asking {
  /** What clocks show; more than one while they differ. */
  readonly clocksMs: readonly number[];
  readonly situationOf: (request: Asked['request']) => Omit<Asked['situation'], 'nowMs'>;
  readonly policies: Asked['policies'];
}

function resultsFor(request: Asked['request'], nowMs: number, { situationOf, policies }: Asking) {
  return askGuards({ request, situation: { ...situationOf(request), nowMs }, policies });
}

export function isRefused(results: readonly GuardResult[]): boolean {
  return results.some(({ kind }) => kind === 'refused');
}
