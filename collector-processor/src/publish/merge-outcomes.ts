import type { ExportOutcome, PartialSuccess } from '../model/export-request.ts';

/** What one backend made of a request. */
export interface Verdict {
  readonly backend: string;
  readonly outcome: ExportOutcome;
}

/**
 * One answer for the sender. Accepted is only what every backend took. As long as one may still take it, the sender is told
 * to repeat, also when another has refused; the refusal is told once it is all that is left, one that lets the sender keep
 * its telemetry before one that does not. Every reason names its backend.
 */
export function mergeOutcomes(verdicts: readonly Verdict[]): ExportOutcome {
  const waiting = verdicts.filter(({ outcome }) => outcome.kind === 'retry');
  if (waiting.length > 0) return mergeRetries(waiting);
  const refusals = verdicts.filter(({ outcome }) => outcome.kind === 'refused');
  const refused = refusals.find(isFaultOfBackend) ?? refusals[0];
  if (refused?.outcome.kind === 'refused') {
    return { ...refused.outcome, reason: `${refused.backend}: ${refused.outcome.reason}` };
  }
  return mergePartials(verdicts);
}

function isFaultOfBackend({ outcome }: Verdict): boolean {
  return outcome.kind === 'refused' && outcome.cause === 'backend_failed';
}

function mergeRetries(waiting: readonly Verdict[]): ExportOutcome {
  let reason = '';
  let retryAfterMs = 0;
  for (const { backend, outcome } of waiting) {
    if (outcome.kind !== 'retry') continue;
    reason += `${reason === '' ? '' : '; '}${backend}: ${outcome.reason}`;
    retryAfterMs = Math.max(retryAfterMs, outcome.retryAfterMs ?? 0);
  }
  return retryAfterMs > 0 ? { kind: 'retry', reason, retryAfterMs } : { kind: 'retry', reason };
}

/** Backends look at the same items, so what they rejected is not added up: the largest number is the least that is missing. */
function mergePartials(verdicts: readonly Verdict[]): ExportOutcome {
  const partials: PartialSuccess[] = verdicts.flatMap(({ backend, outcome }) =>
    outcome.kind === 'accepted' && outcome.partial !== undefined
      ? [{ ...outcome.partial, message: `${backend}: ${outcome.partial.message}` }]
      : [],
  );
  if (partials.length === 0) return { kind: 'accepted' };
  const rejectedItems = Math.max(...partials.map((partial) => partial.rejectedItems));
  return { kind: 'accepted', partial: { rejectedItems, message: partials.map(({ message }) => message).join('; ') } };
}
