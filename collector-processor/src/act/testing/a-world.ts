import type { ChangeVerdict, RunEvent, RunFact } from '../../model/plan.ts';
import type { Clock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import type { RunnerParts, StepCall, StepResult, Surroundings } from '../runs/run-ports.ts';
import { Runner } from '../runs/runner.ts';
import { anything, MINUTE_MS, noPolicies, NOW_MS } from './asked.ts';

/** A process that dies takes nothing with it that was not written down. */
class Died extends Error {}

/** What is outside of the process, and outlives it: the ledger, and what steps have changed. */
export class AWorld {
  readonly events: RunEvent[] = [];
  /** Keys of what was done, in order. */
  readonly performed: string[] = [];
  verdicts: readonly ChangeVerdict[] = ['healed'];
  resultOf: (call: StepCall) => StepResult = () => ({ kind: 'done', summary: 'done' });
  surroundings: Surroundings = { freezes: [], maintenance: [], budgets: [], rung: 'automatic' };
  nowMs = NOW_MS;
  #runs = 0;
  /** Doings until the process dies; each write and each step is one. */
  #lifetime = Infinity;

  facts(): readonly RunFact[] {
    return this.events.map(({ fact }) => fact);
  }

  outcomes(): readonly string[] {
    return this.facts().flatMap((fact) => (fact.kind === 'ended' ? [fact.outcome] : []));
  }

  /** A new process, which dies after so many doings. */
  runner(lifetime = Infinity, changed: Partial<RunnerParts> = {}): Runner {
    this.#lifetime = lifetime;
    const clock: Clock = { nowMs: () => this.nowMs, monotonicMs: () => this.nowMs, sleep: () => Promise.resolve() };
    return new Runner({
      ledger: {
        append: (event) => this.#doing(() => void this.events.push(event)),
        since: () => Promise.resolve([...this.events]),
        lastSeenMs: () => Promise.resolve(this.nowMs),
      },
      performer: {
        perform: (call) => this.#perform(call),
        findOut: (call) => this.#perform(call),
      },
      judge: { judge: () => Promise.resolve(this.#verdict()) },
      policies: () => ({ ...noPolicies, rungs: [{ name: 'all', match: anything, upTo: 'automatic' }] }),
      surroundings: () => this.surroundings,
      clock,
      logger: silentLogger,
      newId: () => `r${++this.#runs}`,
      memoryMs: 24 * 60 * MINUTE_MS,
      onEvent: () => undefined,
      ...changed,
    });
  }

  /** Whoever gets a key twice does it once. */
  #perform(call: StepCall): Promise<StepResult> {
    return this.#doing(() => {
      const result = this.resultOf(call);
      if (result.kind === 'done' && !this.performed.includes(call.key)) this.performed.push(call.key);
      return result;
    });
  }

  #verdict(): ChangeVerdict {
    const judged = this.facts().filter(({ kind }) => kind === 'judged').length;
    return this.verdicts[judged] ?? this.verdicts.at(-1) ?? 'no_effect';
  }

  /** Half a doing is one that was done, and of which the process never heard. */
  #doing<Result>(work: () => Result): Promise<Result> {
    if (this.#lifetime <= 0) return Promise.reject(new Died());
    const isHeard = this.#lifetime >= 1;
    this.#lifetime -= 1;
    const result = work();
    return isHeard ? Promise.resolve(result) : Promise.reject(new Died());
  }
}
