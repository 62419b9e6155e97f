import { Type } from 'typebox';
import { codeOf, messageOf } from '../../runtime/errors.ts';
import { closed } from '../../runtime/yaml/schema-parts.ts';
import { fault, faults, part } from '../../runtime/yaml/understood.ts';
import type { PerformStep, StepOrder } from '../catalogue/catalogue.ts';
import { fillIn } from '../catalogue/fill-in.ts';
import type { StepResult } from '../runs/run-ports.ts';
import type { ActionType, TypeParts } from './action-type.ts';
import { signatureHeaders } from './signature.ts';

const schema = Type.Object(
  {
    url: Type.String({ pattern: '^https?://', description: 'Write an address that begins with https:// or http://.' }),
    method: Type.Optional(Type.Enum(['POST', 'PUT', 'PATCH', 'DELETE'])),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    body: Type.Optional(
      Type.String({ description: 'Write the body as text, with placeholders such as {{target.name}}.' }),
    ),
    sign_with: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        maxItems: 2,
        description: 'Write names of the environment.',
      }),
    ),
    bearer_from: Type.Optional(Type.String({ minLength: 1, description: 'Write a name of the environment.' })),
    idempotent: Type.Optional(Type.Boolean()),
  },
  closed,
);

const FIRST_PAUSE_MS = 500;
/** Of an answer that is shown to people. */
const LONGEST_TELLING = 300;

interface Webhook {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly keys: readonly string[];
  /** Whether the receiver does the same `Idempotency-Key` once. */
  readonly isIdempotent: boolean;
}

/**
 * An HTTP request. Signed where keys are named; secrets stand in the environment, never in the file. A receiver that knows
 * `Idempotency-Key` is asked again after a time-out; of any other nobody knows what it did.
 */
export const webhook: ActionType<typeof schema> = {
  schema,
  make(settings, path, parts) {
    const named = [
      ...(settings.sign_with ?? []),
      ...(settings.bearer_from === undefined ? [] : [settings.bearer_from]),
    ];
    const missing = named.filter((name) => (parts.env[name] ?? '') === '');
    if (missing.length > 0) {
      const message = `The environment has no ${missing.join(', ')}.`;
      return faults(fault(path, message, 'Set it for the process, or name another.'));
    }
    const bearer =
      settings.bearer_from === undefined ? {} : { authorization: `Bearer ${parts.env[settings.bearer_from] ?? ''}` };
    const { url, method = 'POST', headers = {}, body, idempotent = false } = settings;
    const hook: Webhook = {
      url,
      method,
      body,
      headers: { 'content-type': 'application/json', ...headers, ...bearer },
      keys: (settings.sign_with ?? []).map((name) => parts.env[name] ?? ''),
      isIdempotent: idempotent,
    };
    return part(performing(hook, parts));
  },
};

function performing(hook: Webhook, parts: TypeParts): PerformStep {
  return async (order) => {
    if (order.isInDoubt && !hook.isIdempotent) {
      return { kind: 'unknown', reason: 'It had been sent, and its receiver cannot be asked what it did.' };
    }
    for (let attempt = 0; ; attempt++) {
      const result = await send(hook, order, parts);
      if (result.kind === 'settled') return result.result;
      const isLast = attempt >= parts.retries || order.stopped.aborted;
      // Sent again, another receiver would do it twice.
      if (isLast || (result.mayBeDone && !hook.isIdempotent)) {
        return { kind: result.mayBeDone ? 'unknown' : 'failed', reason: result.reason };
      }
      await parts.sleep(FIRST_PAUSE_MS * 2 ** attempt, order.stopped);
    }
  };
}

type Sent =
  | { readonly kind: 'settled'; readonly result: StepResult }
  | { readonly kind: 'again'; readonly reason: string; readonly mayBeDone: boolean };

async function send(hook: Webhook, order: StepOrder, parts: TypeParts): Promise<Sent> {
  const body = hook.body === undefined ? JSON.stringify(bodyOf(order)) : fillIn(hook.body, order, insideJson);
  const headers = {
    ...hook.headers,
    'idempotency-key': order.key,
    ...signatureHeaders(body, hook.keys, { nowMs: parts.nowMs() }),
  };
  try {
    const response = await parts.fetch(fillIn(hook.url, order, encodeURIComponent), {
      method: hook.method,
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([order.stopped, AbortSignal.timeout(parts.timeoutMs)]),
    });
    const told = (await response.text()).slice(0, LONGEST_TELLING);
    const summary = `${response.status}${told === '' ? '' : `: ${told}`}`;
    if (response.ok) return { kind: 'settled', result: { kind: 'done', summary } };
    // What a gateway says of a receiver that did not answer in time is no refusal.
    if (response.status >= 500) return { kind: 'again', reason: summary, mayBeDone: response.status !== 503 };
    if (response.status === 429) return { kind: 'again', reason: summary, mayBeDone: false };
    return { kind: 'settled', result: { kind: 'failed', reason: summary } };
  } catch (error) {
    return { kind: 'again', reason: reasonOf(error), mayBeDone: !neverSent.has(codeOf(causeOf(error))) };
  }
}

/** Codes of attempts of which the receiver never heard. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : error;
}

function reasonOf(error: unknown): string {
  const cause = causeOf(error);
  return cause === undefined || cause === error ? messageOf(error) : `${messageOf(error)}: ${messageOf(cause)}`;
}

function bodyOf({ key, incidentId, step: { action, target, parameters } }: StepOrder) {
  return { key, incident: incidentId, action, target, parameters };
}

/** A value inside of a JSON text, whatever it holds. */
function insideJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
