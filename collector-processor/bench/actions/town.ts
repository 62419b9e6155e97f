import type { ActionTarget, Rung } from '../../src/model/action.ts';
import type { Plan, PlanStep } from '../../src/model/plan.ts';
import type { Random } from '../../src/testing/random.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

export const actions = ['roll-back', 'restart', 'scale'] as const;

export interface Deployment {
  readonly target: ActionTarget;
  readonly instances: number;
  readonly dependents: number;
}

/** Something that is so from one moment to another. */
export interface Span {
  readonly name: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Empty: everything. */
  readonly services: readonly string[];
}

/** All that is true of the time of the run, before anything is done in it. */
export interface Town {
  readonly deployments: readonly Deployment[];
  readonly freezes: readonly Span[];
  readonly maintenance: readonly Span[];
  readonly killed: readonly Span[];
  rungOf(action: string, service: string): Rung;
  /** Of the error budget; undefined: nobody knows. */
  budgetOf(service: string, timeMs: number): number | undefined;
}

const rungs: readonly Rung[] = [
  'automatic',
  'automatic',
  'automatic',
  'automatic',
  'automatic',
  'approve',
  'suggest',
  'observe',
];

export function makeTown(
  random: Random,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): Town {
  const deployments = Array.from({ length: 60 }, (_unused, index): Deployment => {
    const service = `s${String(index).padStart(2, '0')}`;
    const environment = index % 3 === 0 ? 'staging' : 'production';
    const target = { kind: 'deployment', name: service, service, environment, labels: {} };
    return { target, instances: 2 + random.integer(11), dependents: random.integer(10) };
  });
  const services = deployments.map(({ target }) => target.service);
  const spans = (name: string, everyMs: number, longestMs: number, some: boolean): Span[] => {
    const found: Span[] = [];
    for (let atMs = fromMs + random.next() * everyMs; atMs < untilMs; atMs += (0.5 + random.next()) * everyMs) {
      const covered = some ? services.filter(() => random.oneIn(4)) : [];
      found.push({ name, fromMs: atMs, untilMs: atMs + (0.1 + 0.9 * random.next()) * longestMs, services: covered });
    }
    return found;
  };
  const byRung = new Map<string, Rung>(
    actions.flatMap((action) => services.map((one) => [`${action} ${one}`, random.pick(rungs)] as const)),
  );
  const seed = random.integer(1e9);
  return {
    deployments,
    freezes: spans('freeze', 12 * HOUR_MS, 5 * HOUR_MS, true),
    maintenance: spans('upgrade', 9 * HOUR_MS, 2 * HOUR_MS, true),
    killed: spans('kill switch', 20 * HOUR_MS, HOUR_MS, false),
    rungOf: (action, service) => byRung.get(`${action} ${service}`) ?? 'observe',
    budgetOf(service, timeMs) {
      const draw = noise(services.indexOf(service) * 7919 + Math.floor(timeMs / (6 * HOUR_MS)) * 104_729 + seed);
      return draw < 0.02 ? undefined : 1.3 * draw - 0.1;
    },
  };
}

/** [0, 1) of a number. */
function noise(of: number): number {
  const mixed = Math.imul(of ^ (of >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}

/** What somebody thinks of doing; a tenth of them would be refused for what they are. */
export function makePlan(
  random: Random,
  town: Town,
  { id, nowMs }: { readonly id: string; readonly nowMs: number },
): Plan {
  const deployment = random.pick(town.deployments);
  const action = random.pick(actions);
  const { instances, dependents } = deployment;
  const touched =
    action === 'roll-back'
      ? instances
      : Math.max(1, Math.round(instances * random.next() * (random.oneIn(5) ? 1 : 0.5)));
  const step = (count: number, isCanary: boolean): PlanStep => ({
    action,
    target: deployment.target,
    parameters: { instances: count },
    ...(random.oneIn(5) ? {} : { undo: { action, parameters: { back: true } } }),
    blastRadius: { instances: count, ofInstances: random.oneIn(50) ? 0 : instances, services: 1, dependents },
    isCanary,
  });
  const hasCanary = action === 'roll-back' && !random.oneIn(8);
  return {
    id,
    version: 1 + random.integer(3),
    incidentId: id,
    ...(random.oneIn(15) ? {} : { cause: { kind: 'change', ...causeOf(random) } as const }),
    steps: hasCanary ? [step(1, true), step(touched, false)] : [step(touched, false)],
    expiresAtMs: nowMs + (random.oneIn(20) ? -1 : 10 * MINUTE_MS),
    canaryWatchMs: 2 * MINUTE_MS,
    watchMs: 5 * MINUTE_MS,
  };
}

function causeOf(random: Random) {
  if (random.oneIn(10)) return { verdict: 'undecided', confidence: '' } as const;
  return { verdict: 'supported', confidence: random.oneIn(6) ? 'medium' : 'high' } as const;
}
