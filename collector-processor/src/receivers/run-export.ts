import { type Abandoned, type ExportOutcome } from '../model/export-request.ts';
import { messageOf } from '../runtime/errors.ts';
import { inflateLater, type Inflated, inflateNow } from '../runtime/inflate.ts';
import { type Charge } from './byte-budget.ts';
import { type ArrivedBody, type ExchangeHead } from './exchange.ts';
import { type ReceiverContext } from './receiver-context.ts';
import { gatherRefusal, refusal, type Reply } from './refusal.ts';

/** Whether somebody reads the body beyond its outcome. */
interface BodyUse {
  kept: boolean;
}

/** A request that has arrived whole. */
export interface Arrival {
  readonly head: ExchangeHead;
  readonly body: ArrivedBody;
  readonly charge: Charge;
  readonly abandoned: Abandoned;
  readonly use: BodyUse;
}

/** Inflates the body and hands it on. Never rejects: a fault of the handler is a retryable refusal, logged and counted. */
export async function runExport(context: ReceiverContext, arrival: Arrival): Promise<Reply> {
  const { head, charge, abandoned, use } = arrival;
  const { bytes: body, compression } = arrival.body;
  try {
    let payload = body;
    let release: (() => void) | undefined;
    if (compression !== 'identity') {
      const job = { body, compression, maxBytes: head.maxBytes, reserve: charge, memory: context.memory };
      const inflated = inflateNow(job) ?? (await inflateLater(job));
      if (inflated.kind !== 'inflated') return notInflated(inflated, arrival);
      ({ payload, release } = inflated);
    }
    head.counters.payloadBytes.add(payload.length);
    if (payload.length === 0) return { kind: 'accepted' };
    const outcome = await context.handle({
      signal: head.service.signal,
      wire: head.wire,
      encoding: head.encoding,
      compression,
      body,
      payload,
      headers: head.tenancy.headers,
      tenant: head.tenancy.tenant,
      receivedAtMs: context.clock.nowMs(),
      abandoned,
      claim: (bytes) => charge.take(bytes),
      keep() {
        use.kept = true;
      },
    });
    // Of what was not taken somebody may still be reading, such as a connection that is being broken off.
    if (outcome.kind === 'accepted' && !use.kept) release?.();
    return replyTo(outcome);
  } catch (error) {
    context.reportFault(error, { wire: head.wire, signal: head.service.signal });
    return refusal('fault', `Sentinel failed on this request: ${messageOf(error)}`);
  }
}

function notInflated(inflated: Exclude<Inflated, { kind: 'inflated' }>, { head, charge, body }: Arrival): Reply {
  if (inflated.kind === 'malformed') {
    return refusal('malformed', `The body is not valid ${body.compression}: ${inflated.reason}.`);
  }
  return gatherRefusal(inflated.kind, head.maxBytes, charge.refusedBy);
}

function replyTo(outcome: ExportOutcome): Reply {
  switch (outcome.kind) {
    case 'accepted':
      return outcome;
    case 'refused':
      return outcome;
    case 'retry': {
      const { reason, retryAfterMs } = outcome;
      const retry = refusal('unavailable', reason);
      return retryAfterMs === undefined ? retry : { ...retry, retryAfterMs };
    }
  }
}
