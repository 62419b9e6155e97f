import type { Attributes } from '../../../src/testing/telemetry-builder.ts';
import type { Draws } from '../../faults/random-draws.ts';
import { type Ailment, type Ills, most, times } from './ailment.ts';
import type { Outbox } from './outbox.ts';
import type { Instance, ServicePlan } from './plan.ts';
import type { Queue } from './queue.ts';

interface RequestsParts {
  readonly services: ReadonlyMap<string, ServicePlan>;
  readonly outboxes: ReadonlyMap<string, Outbox>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly draws: Draws;
  /** Of spans; never the same twice. */
  readonly nextId: () => string;
}

interface Parent {
  readonly traceId: string;
  readonly spanId: string;
}

interface Answer {
  readonly endMs: number;
  readonly failed: boolean;
}

interface Asking {
  readonly ills: Ills;
  readonly me: Parent;
  readonly plan: ServicePlan;
  readonly instance: Instance;
}

const NETWORK_MS = 0.6;
const REFUSED_MS = 2;
const SOMETIMES = 0.002;
const INFO_SHARE = 0.25;
/** Requests of a tick that a service bears before it gets slow, as times of what is usual. */
const BEARS = 2.2;
const SETTLED_TICKS = 60;
const SERVER = 2;
const CLIENT = 3;
const PRODUCER = 4;
export const FAILED = { status: { code: 2, message: 'failed' } } as const;

/** Requests on their way through the services of a system: spans as instrumented services export them, and what they write. */
export class Requests {
  readonly #parts: RequestsParts;
  /** Requests by service in this tick, and in the mean of those before. */
  #now = new Map<string, number>();
  readonly #usual = new Map<string, { readonly ticks: number; readonly mean: number }>();
  #overload = new Map<string, number>();

  constructor(parts: RequestsParts) {
    this.#parts = parts;
  }

  come(front: string, atMs: number, ills: Ills): void {
    const traceId = this.#parts.nextId().padStart(32, 'a');
    this.#serve(front, atMs, { ills, parent: { traceId, spanId: '' } });
  }

  endTick(): void {
    this.#overload = new Map();
    for (const [service, count] of this.#now) {
      const { ticks, mean } = this.#usual.get(service) ?? { ticks: 0, mean: 0 };
      if (ticks > SETTLED_TICKS) this.#overload.set(service, Math.max(1, count / (BEARS * mean)) ** 2);
      this.#usual.set(service, {
        ticks: ticks + 1,
        mean: mean + (count - mean) / Math.min(ticks + 1, 10 * SETTLED_TICKS),
      });
    }
    this.#now = new Map();
  }

  /** The callee's side; undefined when it is down. */
  #serve(name: string, startMs: number, { ills, parent }: { ills: Ills; parent: Parent }): Answer | undefined {
    const plan = this.#parts.services.get(name)!;
    const { draws } = this.#parts;
    const instance = draws.pick(plan.instances);
    const hits = ills.ofService(name, instance);
    if (hits.some(({ down }) => down === true)) return undefined;
    this.#now.set(name, (this.#now.get(name) ?? 0) + 1);
    const outbox = this.#parts.outboxes.get(instance.id)!;
    outbox.served();
    const me = { traceId: parent.traceId, spanId: this.#parts.nextId() };
    const slow = times(hits, ({ slower }) => slower) * (this.#overload.get(name) ?? 1);
    const ownMs = plan.ownMs * slow * Math.exp(0.3 * draws.normal());
    const asked = this.#ask(startMs + ownMs / 2, { ills, me, plan, instance, outbox });
    const endMs = asked.endMs + ownMs / 2;
    const fails =
      !asked.failed &&
      draws.uniform() <
        Math.max(
          SOMETIMES,
          most(hits, ({ failing }) => failing),
        );
    if (fails) outbox.line('ERROR', lineOf(hits, draws), endMs);
    if (draws.uniform() < INFO_SHARE)
      outbox.line('INFO', `handled request ${draws.below(1e9)} in ${Math.round(endMs - startMs)} ms`, endMs);
    const failed = asked.failed || fails;
    const path = `/${name}/{id}`;
    outbox.span({
      ...{ name: `GET ${path}`, kind: SERVER, endMs, durationMs: endMs - startMs, ...me },
      ...(parent.spanId === '' ? {} : { parentSpanId: parent.spanId }),
      ...(failed ? FAILED : {}),
      attributes: { 'http.route': path, 'http.request.method': 'GET', 'http.response.status_code': failed ? 500 : 200 },
    });
    return { endMs, failed };
  }

  /** Whom it needs for one request, one after the other, until one fails it. */
  #ask(startMs: number, on: Asking & { outbox: Outbox }): Answer {
    const { ills, me, plan, outbox } = on;
    let answer: Answer = { endMs: startMs, failed: false };
    for (const { to, share } of plan.calls) {
      if (!answer.failed && this.#parts.draws.uniform() <= share) answer = this.#call(to, answer.endMs, on);
    }
    if (!answer.failed && plan.database !== undefined) {
      answer = this.#query(plan.database, answer.endMs, { ills, me, outbox });
    }
    if (!answer.failed && plan.sendsTo !== undefined) this.#send(plan.sendsTo, answer.endMs, me, outbox);
    return answer;
  }

  /** The caller's side, with as many further tries as it makes. */
  #call(to: string, startMs: number, on: Asking): Answer {
    const { ills, me, plan, instance } = on;
    const { draws, outboxes, services } = this.#parts;
    const outbox = outboxes.get(instance.id)!;
    const callee = services.get(to)!;
    const hits = ills.ofService(to, callee.instances[0]!);
    const delayMs =
      NETWORK_MS * Math.exp(0.3 * draws.normal()) + most(ills.between(plan.name, to), (one) => one.delayMs);
    let nowMs = startMs;
    for (let left = most(hits, ({ retries }) => retries); ; left--) {
      const call = { traceId: me.traceId, spanId: this.#parts.nextId() };
      const answer = this.#serve(to, nowMs + delayMs / 2, { ills, parent: call });
      const endMs = answer === undefined ? nowMs + REFUSED_MS : answer.endMs + delayMs / 2;
      const misread = draws.uniform() < most(ills.between(plan.name, to), ({ misunderstood }) => misunderstood);
      const failed = answer === undefined || answer.failed || misread;
      this.#clientSpan(
        outbox,
        { ...call, parentSpanId: me.spanId, name: 'GET', startMs: nowMs, endMs, failed },
        { 'peer.service': to },
      );
      nowMs = endMs;
      if (!failed) return { endMs, failed };
      const why = answer === undefined ? 'connection refused' : misread ? 'unexpected field in answer' : 'status 500';
      if (left <= 0) {
        outbox.line('ERROR', `call to ${to} failed: ${why}`, endMs);
        return { endMs, failed };
      }
      outbox.line('WARN', `call to ${to} failed: ${why}, trying again`, endMs);
    }
  }

  #query(
    { name, ms }: { name: string; ms: number },
    startMs: number,
    on: { ills: Ills; me: Parent; outbox: Outbox },
  ): Answer {
    const { draws } = this.#parts;
    const hits = on.ills.of('database', name);
    const endMs = startMs + ms * times(hits, ({ slower }) => slower) * Math.exp(0.4 * draws.normal());
    const failed = draws.uniform() < most(hits, ({ failing }) => failing);
    const span = {
      traceId: on.me.traceId,
      spanId: this.#parts.nextId(),
      parentSpanId: on.me.spanId,
      name: 'SELECT',
      startMs,
      endMs,
      failed,
    };
    this.#clientSpan(on.outbox, span, { 'db.system.name': 'postgresql', 'peer.service': name });
    if (failed) on.outbox.line('ERROR', `query failed: server closed the connection unexpectedly`, endMs);
    return { endMs, failed };
  }

  #send(broker: string, atMs: number, me: Parent, outbox: Outbox): void {
    const spanId = this.#parts.nextId();
    outbox.span({
      ...{
        name: 'send jobs',
        kind: PRODUCER,
        traceId: me.traceId,
        spanId,
        parentSpanId: me.spanId,
        endMs: atMs + 2,
        durationMs: 2,
      },
      attributes: { 'messaging.system': 'town-queue', 'messaging.destination.name': 'jobs', 'peer.service': broker },
    });
    this.#parts.queues.get(broker)!.take({ atMs, traceId: me.traceId, spanId });
  }

  #clientSpan(
    outbox: Outbox,
    span: Parent & { parentSpanId: string; name: string; startMs: number; endMs: number; failed: boolean },
    attributes: Attributes,
  ): void {
    const { startMs, endMs, failed, ...rest } = span;
    outbox.span({ ...rest, kind: CLIENT, endMs, durationMs: endMs - startMs, ...(failed ? FAILED : {}), attributes });
  }
}

function lineOf(hits: readonly Ailment[], draws: Draws): string {
  const told = hits.find(({ line, failing }) => line !== undefined && failing !== undefined)?.line;
  return told === undefined
    ? `request ${draws.below(1e9)} could not be handled`
    : `${told} (request ${draws.below(1e9)})`;
}
