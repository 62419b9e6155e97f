import type { RunRequest } from '../../model/action.ts';
import type { ChangeVerdict, Plan, PlanStep, RunEvent } from '../../model/plan.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Situation } from '../guards/guard.ts';
import type { Policies } from '../policy/policies.ts';

/** Where the events of runs survive a crash. */
export interface RunLedger {
  /** Durable when it resolves. Rejects when it could not be written, or when another process has taken over. */
  append(event: RunEvent): Promise<void>;
  /** Of all runs that began since then, or have not ended, in order. */
  since(timeMs: number): Promise<readonly RunEvent[]>;
  /** When any process was last known to live; undefined where none ever was. */
  lastSeenMs(): Promise<number | undefined>;
}

/** One step, to be done or to be taken back. */
export interface StepCall {
  /** The same for every attempt: whoever gets it twice does it once. */
  readonly key: string;
  readonly step: PlanStep;
  readonly undoes: boolean;
}

export type StepResult =
  | { readonly kind: 'done'; readonly summary: string }
  | { readonly kind: 'failed'; readonly reason: string }
  /** It may have been done, or not. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Performer {
  perform(call: StepCall): Promise<StepResult>;
  /** A process that ended had begun it: whether it was done, or doing it now under the same key. */
  findOut(call: StepCall): Promise<StepResult>;
}

/** Asks the detectors what became of what a plan is about. */
export interface Judge {
  /** Resolves as soon as it is clear, at the latest after `withinMs`. */
  judge(question: JudgeQuestion): Promise<ChangeVerdict>;
}

interface JudgeQuestion {
  readonly plan: Plan;
  readonly of: 'canary' | 'plan';
  readonly sinceMs: number;
  readonly withinMs: number;
}

export interface RunnerParts {
  readonly ledger: RunLedger;
  readonly performer: Performer;
  readonly judge: Judge;
  readonly policies: () => Policies;
  /** All of the situation but the time and the runs, which the runner knows itself. */
  readonly surroundings: (request: RunRequest) => Surroundings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  /** How far back runs matter to any limit. */
  readonly memoryMs: number;
  /** After each event that was written. */
  readonly onEvent: (event: RunEvent) => void;
}

export type Surroundings = Omit<Situation, 'nowMs' | 'runs'>;
