import type { Approval, GuardResult, Initiator } from '../../model/action.ts';
import type { Plan, RunFact } from '../../model/plan.ts';
import { messageOf } from '../../runtime/errors.ts';
import { decide, isRefused } from './decide.ts';
import { type Move, nextMove } from './next-move.ts';
import { actionRuns, requestFor } from './requests.ts';
import type { RunnerParts, StepCall, StepResult } from './run-ports.ts';
import { after, type RunState } from './run-state.ts';
import { SteadyClock } from './steady-clock.ts';

export type BeginOutcome =
  | { readonly kind: 'started'; readonly runId: string; readonly guards: readonly GuardResult[] }
  | { readonly kind: 'refused'; readonly guards: readonly GuardResult[] }
  /** It could not be seen written down: nothing is done, unless a later process finds that it was. */
  | { readonly kind: 'failed'; readonly reason: string };

interface Who {
  readonly initiator: Initiator;
  readonly approvals: readonly Approval[];
}

/**
 * Runs plans. What is about to be done is written down first, and a decision and its beginning are one: two plans for one
 * target cannot both find it free. After a crash a run goes on where its events end.
 */
export class Runner {
  readonly #parts: RunnerParts;
  #steady: SteadyClock;
  readonly #states = new Map<string, RunState>();
  /** Decisions one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#steady = new SteadyClock(parts.clock);
  }

  /** Reads what ran, and goes on with what has not ended. */
  async resume(): Promise<void> {
    const { ledger, clock, memoryMs } = this.#parts;
    this.#steady = new SteadyClock(clock, await ledger.lastSeenMs());
    for (const event of await ledger.since(Math.min(...this.#steady.possible()) - memoryMs))
      this.#take(event.runId, after(this.#states.get(event.runId), event));
    for (const state of this.#states.values()) if (state.outcome === undefined) void this.#goOn(state.id);
  }

  /** No step is begun from now on; one that is under way is not waited for. */
  stop(): void {
    this.#isStopped = true;
  }

  /** For the ledger's sign of life. */
  nowMs(): number {
    return this.#steady.nowMs();
  }

  states(): Iterable<RunState> {
    return this.#states.values();
  }

  /** What stands against it now. */
  ask(plan: Plan, who: Who): readonly GuardResult[] {
    return this.#decide(plan.steps.map((step) => requestFor(plan, step, who)));
  }

  /** Answers when it has begun, or why it has not. */
  begin(plan: Plan, who: Who): Promise<BeginOutcome> {
    const outcome = this.#turn.then(() => this.#begin(plan, who));
    this.#turn = outcome;
    return outcome;
  }

  async #begin(plan: Plan, who: Who): Promise<BeginOutcome> {
    this.#forget();
    const guards = this.ask(plan, who);
    if (isRefused(guards)) return { kind: 'refused', guards };
    const runId = this.#parts.newId();
    try {
      await this.#write(runId, { kind: 'started', plan, ...who, guards });
    } catch (error) {
      return { kind: 'failed', reason: messageOf(error) };
    }
    void this.#goOn(runId);
    return { kind: 'started', runId, guards };
  }

  #decide(requests: Parameters<typeof decide>[0]): readonly GuardResult[] {
    const runs = actionRuns(this.#states.values());
    return decide(requests, {
      clocksMs: this.#steady.possible(),
      policies: this.#parts.policies(),
      situationOf: (request) => ({ ...this.#parts.surroundings(request), runs }),
    });
  }

  /** Until it ends, or cannot be written down: then this process does nothing more for it. */
  async #goOn(runId: string): Promise<void> {
    try {
      for (;;) {
        const state = this.#states.get(runId);
        const move = state === undefined || this.#isStopped ? undefined : nextMove(state);
        if (state === undefined || move === undefined) return;
        await this.#make(state, move);
      }
    } catch (error) {
      this.#parts.logger.error(
        { run: runId, error: messageOf(error) },
        'A run does not go on: it could not be written down.',
      );
    }
  }

  async #make(state: RunState, move: Move): Promise<void> {
    const { id, plan } = state;
    if (move.kind === 'end') return this.#write(id, { kind: 'ended', outcome: move.outcome });
    if (move.kind !== 'judge') return this.#step(state, move);
    const { of, sinceMs, watchMs } = move;
    const withinMs = Math.min(watchMs, Math.max(0, sinceMs + watchMs - this.#steady.nowMs()));
    const verdict = await this.#parts.judge.judge({ plan, of, sinceMs, withinMs });
    return this.#write(id, { kind: 'judged', of, verdict });
  }

  async #step({ id, plan, initiator, approvals }: RunState, move: Extract<Move, { kind: 'perform' | 'find_out' }>) {
    const { step: index, undoes } = move;
    const step = plan.steps[index];
    if (step === undefined) return;
    const about = { step: index, undoes };
    const call: StepCall = { key: `${id}/${index}${undoes ? '/undo' : ''}`, step, undoes };
    if (move.kind === 'perform') {
      const guards = this.#decide([requestFor(plan, step, { initiator, approvals, ofRun: id })]);
      if (isRefused(guards)) return this.#write(id, { kind: 'refused', ...about, guards });
      await this.#write(id, { kind: 'intended', ...about });
    }
    const { performer } = this.#parts;
    const result = await attempted(() => (move.kind === 'perform' ? performer.perform(call) : performer.findOut(call)));
    await this.#write(id, { ...result, ...about });
  }

  /** Durable before it counts. */
  async #write(runId: string, fact: RunFact): Promise<void> {
    const event = { runId, atMs: this.#steady.nowMs(), fact };
    await this.#parts.ledger.append(event);
    this.#take(runId, after(this.#states.get(runId), event));
    this.#parts.onEvent(event);
  }

  #take(runId: string, state: RunState | undefined): void {
    if (state !== undefined) this.#states.set(runId, state);
  }

  /** Runs that no limit looks back to. */
  #forget(): void {
    const beforeMs = Math.min(...this.#steady.possible()) - this.#parts.memoryMs;
    for (const { id, endMs = Infinity } of this.#states.values()) if (endMs < beforeMs) this.#states.delete(id);
  }
}

/** What broke off may have been done. */
async function attempted(perform: () => Promise<StepResult>): Promise<StepResult> {
  try {
    return await perform();
  } catch (error) {
    return { kind: 'unknown', reason: messageOf(error) };
  }
}
