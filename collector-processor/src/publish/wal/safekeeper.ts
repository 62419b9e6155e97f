import type { ExportOutcome, ExportRequest } from '../../model/export-request.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { Verdict } from '../merge-outcomes.ts';
import { isFaultOfBackend, partialReason } from './drain.ts';
import type { Fate, RequestLog } from './request-log.ts';
import type { SlowWatch } from './slow-watch.ts';

/** One backend's attempt at a request: `verdict` is there once `done` has resolved. */
export class Attempt {
  readonly backend: string;
  readonly done: Promise<ExportOutcome>;
  verdict: ExportOutcome | undefined;

  constructor(backend: string, outcome: Promise<ExportOutcome>) {
    this.backend = backend;
    this.done = outcome.then((verdict) => {
      this.verdict = verdict;
      return verdict;
    });
  }
}

export interface SafekeeperParts {
  readonly log: RequestLog;
  readonly slow: SlowWatch;
  readonly mode: 'on_trouble' | 'always';
  readonly metrics: SelfMetrics;
}

/** Without a log only what all took is safe. */
export const withoutLog: Pick<Safekeeper, 'secure'> = {
  secure: (_request, attempts) => verdictsAfter(Promise.all(attempts.map(({ done }) => done)), attempts),
};

/**
 * Decides when a request is safe. When every backend took it, no disk is touched. When one has failed, or has not answered
 * in time, the request goes into the log with the names of those that owe an answer, and counts as taken by them once it
 * is on disk. Attempts that are under way go on: their success settles the record, their failure hands it to the drain,
 * their refusal makes a dead letter of it, because its sender has been told that it is safe.
 */
export class Safekeeper {
  readonly #parts: SafekeeperParts;
  readonly #kept: Readonly<Record<'failed' | 'slow' | 'always', Counter>>;

  constructor(parts: SafekeeperParts) {
    this.#parts = parts;
    const help =
      'Requests that went into the write-ahead log: a backend had failed, was slow, or all of them go there.';
    const counter = (cause: string): Counter =>
      parts.metrics.counter({ name: 'sentinel_wal_requests_total', help, labels: { cause } });
    this.#kept = { failed: counter('failed'), slow: counter('slow'), always: counter('always') };
  }

  /** What each backend made of it, or will. Never rejects. */
  async secure(request: ExportRequest, attempts: readonly Attempt[]): Promise<readonly Verdict[]> {
    const all = Promise.all(attempts.map(({ done }) => done));
    await this.#parts.slow.limit(all);
    const owing = attempts.filter(isOwing);
    if (owing.length === 0 || request.abandoned?.aborted === true) return await verdictsAfter(all, attempts);
    // Attempts under way, and the log, read the body beyond the outcome.
    request.keep?.();
    const stands = owing.map(({ backend, verdict }) => [backend, verdict === undefined ? 'live' : 'stored'] as const);
    const { log } = this.#parts;
    const { id, kept } = log.keep(request, new Map(stands));
    let promised = false;
    for (const { backend, done } of owing.filter(({ verdict }) => verdict === undefined)) {
      void Promise.all([kept, done]).then(([{ kind }, outcome]) => {
        if (kind === 'kept') log.land(id, backend, fateOf(request, promised, outcome));
      });
    }
    await Promise.race([kept, all]);
    if (!attempts.some(isOwing)) return await verdictsAfter(all, attempts);
    const decided = await kept;
    if (decided.kind !== 'kept') return withReason(await verdictsAfter(all, attempts), decided.reason);
    promised = true;
    const hasFailed = owing.some(({ verdict }) => verdict?.kind === 'retry');
    this.#kept[hasFailed ? 'failed' : this.#parts.mode === 'always' ? 'always' : 'slow'].add(1);
    return attempts.map(({ backend, verdict }) => ({
      backend,
      outcome: verdict === undefined || verdict.kind === 'retry' ? { kind: 'accepted' } : verdict,
    }));
  }
}

function isOwing({ verdict }: Attempt): boolean {
  return verdict === undefined || verdict.kind === 'retry';
}

async function verdictsAfter(all: Promise<readonly ExportOutcome[]>, attempts: readonly Attempt[]): Promise<Verdict[]> {
  const outcomes = await all;
  return outcomes.map((outcome, index) => ({ backend: attempts[index]?.backend ?? '', outcome }));
}

/** Those who are told to repeat are told, too, why the log did not keep it. */
function withReason(verdicts: readonly Verdict[], reason: string): readonly Verdict[] {
  const last = verdicts.findLast(({ outcome }) => outcome.kind === 'retry');
  return verdicts.map((verdict) => {
    const { outcome } = verdict;
    if (verdict !== last || outcome.kind !== 'retry') return verdict;
    return { ...verdict, outcome: { ...outcome, reason: `${outcome.reason}; ${reason}` } };
  });
}

/** What a backend refuses after its sender was told that all is safe becomes a dead letter. */
function fateOf(request: ExportRequest, promised: boolean, outcome: ExportOutcome): Fate {
  if (outcome.kind === 'retry' || (promised && isFaultOfBackend(outcome))) return { kind: 'failed' };
  const reason = outcome.kind === 'refused' ? outcome.reason : partialReason(outcome);
  return promised && reason !== undefined ? { kind: 'dead', reason, request } : { kind: 'delivered' };
}
