import type { SloBurner } from '../contract/slo-burned.ts';
import type { Budget } from '../slo/budget/budget.ts';
import type { TimeRange } from '../slo/budget/ranges.ts';
import type { Store } from '../store/create-store.ts';

/** For so long after a change bad events are held against it, unless an incident explains them. */
const AFTER_CHANGE_MS = 30 * 60_000;

/** The newest of each; more in one window are a storm, of which the rest is told as a whole. */
const MOST = 500;

type KnownBurner = Omit<SloBurner, 'bad' | 'share'>;

/** Incidents and changes of a budget's service that touch a range of time. */
export function createBurners({ incidents, changes }: Pick<Store, 'incidents' | 'changes'>) {
  return async ({ objective: { service } }: Budget, { fromMs, toMs }: TimeRange): Promise<readonly KnownBurner[]> => {
    const about = { services: [service], fromMs, toMs };
    const known = await incidents.list({ filter: { ...about, demoted: true }, limit: MOST });
    const ofIncidents = known.items
      .filter(({ mergedInto }) => mergedInto === '')
      .map(({ id, title, severity, startMs, endMs, firing }) => ({
        ...({ kind: 'incident', id, title, service, severity } as const),
        ...{ fromMs: startMs, toMs: firing > 0 ? toMs : endMs },
      }));
    const changed = await changes.list({
      filter: { ...about, fromMs: fromMs - AFTER_CHANGE_MS },
      limit: MOST,
    });
    const ofChanges = changed.items.map(({ id, kind, from, to, timeMs }) => ({
      ...({ kind: 'change', id, service, fromMs: timeMs, toMs: timeMs + AFTER_CHANGE_MS } as const),
      title: `${kind} ${[from, to].filter((value) => value !== '').join(' to ')}`,
    }));
    return [...ofIncidents, ...ofChanges];
  };
}
