import type { Incident, IncidentFact } from '../../model/incident.ts';
import { formatDuration } from '../../model/units.ts';
import { firing } from './incident-facts.ts';

const NANOSECONDS = 1e6;

/** What somebody may want of an incident. */
export type IncidentCommand =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'mitigate' }
  | { readonly kind: 'close'; readonly reason: string }
  | { readonly kind: 'reopen'; readonly reason: string }
  | { readonly kind: 'assign'; readonly owner: string };

export type CommandKind = IncidentCommand['kind'];

/** The facts that a command comes to, or the sentence that refuses it. */
export type CommandOutcome =
  | { readonly kind: 'done'; readonly facts: readonly IncidentFact[] }
  | { readonly kind: 'refused'; readonly why: string };

/** Commands that make sense in the state; what the buttons show. */
export function allowedCommands({ state, mergedInto }: Pick<Incident, 'state' | 'mergedInto'>): readonly CommandKind[] {
  if (mergedInto !== '') return [];
  if (state === 'closed') return ['reopen', 'assign'];
  const forward = {
    open: ['acknowledge', 'mitigate'],
    acknowledged: ['mitigate'],
    mitigated: [],
    watching: [],
  } as const;
  return [...forward[state], 'close', 'assign'];
}

/**
 * Carries out a command of a person. Done twice it changes nothing, so that a repeated click or request does no harm. Closing
 * while something still fires needs a reason.
 */
export function carryOut(incident: Incident, command: IncidentCommand, actor: string): CommandOutcome {
  const { id, state, owner, mergedInto } = incident;
  if (mergedInto !== '') return refused(`Incident ${id} was merged into ${mergedInto}.`);
  if (command.kind === 'assign') return done(owner === command.owner ? [] : [{ kind: 'owner', owner: command.owner }]);
  const target = targets[command.kind];
  if (state === target) return done([]);
  if (!allowedCommands(incident).includes(command.kind))
    return refused(`Incident ${id} is ${state}; it cannot become ${target}.`);
  if (command.kind === 'close') return close(incident, command.reason.trim());
  const takes = command.kind === 'acknowledge' && owner === '' && actor !== '';
  const reason = command.kind === 'reopen' ? command.reason.trim() : '';
  const taken: readonly IncidentFact[] = takes ? [{ kind: 'owner', owner: actor }] : [];
  return done([...listed(incident), { kind: 'state', state: target, reason }, ...taken]);
}

/** Whoever takes up a demoted one, or opens it again, wants to see it among the others. */
function listed({ demoted }: Incident): readonly IncidentFact[] {
  return demoted === '' ? [] : [{ kind: 'promoted', reason: 'Somebody has taken it up.' }];
}

function close(incident: Incident, reason: string): CommandOutcome {
  const going = firing(incident);
  return going > 0 && reason === ''
    ? refused(`${going} of its anomalies continue: closing incident ${incident.id} now needs a reason.`)
    : done([{ kind: 'state', state: 'closed', reason }]);
}

const targets = { acknowledge: 'acknowledged', mitigate: 'mitigated', close: 'closed', reopen: 'open' } as const;

export interface WatchLimits {
  /** How long nothing may fire before it is closed, in milliseconds. */
  readonly watchFor: number;
}

/**
 * What time alone does: when nothing fires any more it is watched, when something fires again it is open again (or
 * acknowledged, if somebody has it), and after a time of quiet it is closed. At most one step.
 */
export function passTime(incident: Incident, nowMs: number, { watchFor }: WatchLimits): IncidentFact | undefined {
  const { state, stateSinceMs, owner } = incident;
  if (state === 'closed') return undefined;
  if (firing(incident) > 0) {
    return state === 'watching'
      ? { kind: 'state', state: owner === '' ? 'open' : 'acknowledged', reason: 'It came back.' }
      : undefined;
  }
  if (state !== 'watching') return { kind: 'state', state: 'watching', reason: 'Nothing fires any more.' };
  if (nowMs - stateSinceMs < watchFor) return undefined;
  return {
    kind: 'state',
    state: 'closed',
    reason: `Closed by itself: nothing fired for ${formatDuration((nowMs - stateSinceMs) * NANOSECONDS)}.`,
  };
}

function done(facts: readonly IncidentFact[]): CommandOutcome {
  return { kind: 'done', facts };
}

function refused(why: string): CommandOutcome {
  return { kind: 'refused', why };
}
