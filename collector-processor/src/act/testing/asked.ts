import type { ActionRun, ActionTarget, RunRequest } from '../../model/action.ts';
import type { Asked, Situation } from '../guards/guard.ts';
import type { Match, Policies } from '../policy/policies.ts';

export const NOW_MS = Date.parse('2026-03-02T03:00:00Z');
export const MINUTE_MS = 60_000;

export const anything: Match = { actions: [], services: [], environments: [], labels: {} };

export const noPolicies: Policies = {
  rungs: [],
  confidence: [],
  blastRadius: [],
  coolDowns: [],
  rates: [],
  concurrency: [],
  canaries: [],
  approvals: [],
};

export const payment: ActionTarget = {
  kind: 'deployment',
  name: 'payment',
  service: 'payment',
  environment: 'production',
  labels: { team: 'money' },
};

/** Sentinel rolls back one of eight instances of payment, whose cause is sure; nothing stands against it but what ships. */
export function aRequest(changed: Partial<RunRequest> = {}): RunRequest {
  return {
    planId: 'p1',
    planVersion: 1,
    action: 'roll-back',
    target: payment,
    cause: { kind: 'change', verdict: 'supported', confidence: 'high' },
    blastRadius: { instances: 1, ofInstances: 8, services: 1, dependents: 2 },
    expiresAtMs: NOW_MS + 10 * MINUTE_MS,
    initiator: { kind: 'sentinel' },
    approvals: [],
    ...changed,
  };
}

export function aRunning(changed: Partial<ActionRun> = {}): ActionRun {
  return {
    id: 'r1',
    action: 'roll-back',
    target: payment,
    initiator: { kind: 'sentinel' },
    startMs: NOW_MS - 5 * MINUTE_MS,
    ...changed,
  };
}

export function aRun(changed: Partial<ActionRun> = {}): ActionRun {
  return { ...aRunning(), endMs: NOW_MS - 4 * MINUTE_MS, ...changed };
}

interface Changed {
  readonly request?: Partial<RunRequest>;
  readonly situation?: Partial<Situation>;
  readonly policies?: Partial<Policies>;
}

/** Allowed by policy and ladder, unless something is changed. */
export function anAsked({ request, situation, policies }: Changed = {}): Asked {
  return {
    request: aRequest(request),
    situation: {
      nowMs: NOW_MS,
      freezes: [],
      maintenance: [],
      budgets: [],
      rung: 'automatic',
      runs: [],
      ...situation,
    },
    policies: { ...noPolicies, rungs: [{ name: 'all', match: anything, upTo: 'automatic' }], ...policies },
  };
}
