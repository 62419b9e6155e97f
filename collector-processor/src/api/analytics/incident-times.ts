import type { IncidentEvent } from '../../model/incident.ts';

export interface IncidentTimes {
  /** From its opening until a person took it; undefined when nobody did. */
  readonly acknowledgedAfterMs: number | undefined;
  /** Until nothing fired any more, or it was closed; undefined while it goes on. */
  readonly resolvedAfterMs: number | undefined;
  /** Ended by itself before anybody cared. */
  readonly isUnneeded: boolean;
}

export function timesOf(timeline: readonly IncidentEvent[]): IncidentTimes {
  const openedMs = timeline[0]?.atMs ?? NaN;
  const byPerson = timeline.find(({ actor, fact }) => actor !== '' && fact.kind !== 'merged' && fact.kind !== 'change');
  const states = timeline.flatMap(({ atMs, fact }) => (fact.kind === 'state' ? [{ atMs, state: fact.state }] : []));
  const last = states.at(-1);
  const isOver = last?.state === 'closed' || last?.state === 'watching';
  // The quiet time before it is closed is no part of the trouble.
  const quiet = states.findLast(({ state }) => state === 'watching') ?? last;
  return {
    acknowledgedAfterMs: byPerson && byPerson.atMs - openedMs,
    resolvedAfterMs: isOver && quiet !== undefined ? quiet.atMs - openedMs : undefined,
    isUnneeded: byPerson === undefined && last?.state === 'closed',
  };
}
