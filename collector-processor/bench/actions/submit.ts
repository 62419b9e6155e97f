import type { Approval, Initiator } from '../../src/model/action.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Replica, World } from './replica.ts';
import { makePlan, MINUTE_MS } from './town.ts';

/** A plan that somebody wanted to run, and what became of it. */
export interface Submission {
  readonly plan: Plan;
  readonly who: { readonly initiator: Initiator; readonly approvals: readonly Approval[] };
  /** True time. */
  readonly atMs: number;
  /** Guard that refused first, or why nobody decided; '' when it began. */
  refusedBy: string;
}

const people = ['Ana', 'Leo', 'Mia', 'Tom'];
const PATIENCE_MS = 29_000;

/** Plans one after the other, asked of whichever process decides at the time. */
export async function submitPlans(
  world: World,
  replicas: readonly Replica[],
  { plans, everyMs }: { readonly plans: number; readonly everyMs: number },
): Promise<{ readonly submissions: readonly Submission[]; readonly decisionsMs: readonly number[] }> {
  const { time, random } = world;
  const submissions: Submission[] = [];
  const decisionsMs: number[] = [];
  for (let index = 0; index < plans; index++) {
    await time.sleep(-Math.log(1 - random.next()) * everyMs);
    const plan = makePlan(random, world.town, { id: `p${index}`, nowMs: time.nowMs });
    const initiator: Initiator = random.oneIn(4) ? { kind: 'person', name: random.pick(people) } : { kind: 'sentinel' };
    const approvals = people.filter(() => random.oneIn(3)).map((by) => approvalOf(plan, by));
    const one: Submission = { plan, who: { initiator, approvals }, atMs: time.nowMs, refusedBy: 'nobody decided' };
    submissions.push(one);
    void ask(one);
    // Two incidents that race for one target.
    if (random.oneIn(20)) {
      const rival: Submission = { ...one, plan: { ...plan, id: `${plan.id}r` } };
      submissions.push(rival);
      void ask(rival);
    }
  }
  return { submissions, decisionsMs };

  function approvalOf({ version }: Plan, by: string): Approval {
    const planVersion = random.oneIn(10) ? version - 1 : version;
    return { by, planVersion, atMs: time.nowMs - random.next() * (random.oneIn(8) ? 20 : 5) * MINUTE_MS };
  }

  async function ask(one: Submission): Promise<void> {
    const lastMs = time.nowMs + PATIENCE_MS;
    while (time.nowMs < lastMs) {
      const runner = replicas.map((replica) => replica.runner).find((found) => found !== undefined);
      if (runner === undefined) {
        await time.sleep(1000);
        continue;
      }
      const startedAt = performance.now();
      const guards = runner.ask(one.plan, one.who);
      decisionsMs.push(performance.now() - startedAt);
      const refused = guards.find(({ kind }) => kind === 'refused');
      if (refused !== undefined) {
        one.refusedBy = refused.guard;
        return;
      }
      const outcome = await Promise.race([runner.begin(one.plan, one.who), time.sleep(5000).then(() => undefined)]);
      // A process that dies answers nobody; whether it had begun is not asked twice.
      if (outcome === undefined) one.refusedBy = 'no answer';
      else if (outcome.kind === 'refused')
        one.refusedBy = outcome.guards.find(({ kind }) => kind === 'refused')?.guard ?? '';
      else one.refusedBy = outcome.kind === 'failed' ? 'not written' : '';
      if (outcome?.kind !== 'failed') return;
      await time.sleep(1000);
    }
  }
}
