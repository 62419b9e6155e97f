import { setTimeout as pause } from 'node:timers/promises';
import type { Load } from './bodies.ts';
import { type Case, inFlightOf } from './cases.ts';
import { openGrpcSender } from './grpc-load.ts';
import { openHttpSender, type Sender } from './http-load.ts';
import { sendPatiently } from './told-to-come-back.ts';

export interface Target {
  readonly http: number;
  readonly grpc: number;
}

/** Most requests at once while the delay is measured; beyond it the run is not at half load any more. */
const MAX_OPEN = 256;

export async function openSender(target: Target, one: Case, connections = inFlightOf(one)): Promise<Sender> {
  return one.wire === 'http' ? openHttpSender(target.http, one, connections) : openGrpcSender(target.grpc, one);
}

/** Seconds that it took, and how often the sender was told to come back. */
export interface Sent {
  readonly seconds: number;
  readonly refusals: number;
}

/** Each body once, as many at a time as the case wants, the next one when one was acknowledged. */
export async function sendAll(sender: Sender, { bodies }: Load, inFlight: number): Promise<Sent> {
  const startedAt = performance.now();
  let [next, refusals] = [0, 0];
  const lane = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const times = await sendPatiently(sender, body);
      refusals += times;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return { seconds: (performance.now() - startedAt) / 1000, refusals };
}

/** Each body once at a steady rate, whatever the answers do. Delays in ms from when a request was due. */
export async function sendSteadily(target: Target, one: Case, bodies: readonly Uint8Array[], perSecond: number) {
  const sender = await openSender(target, one, MAX_OPEN);
  const delays: number[] = [];
  const open = new Set<Promise<void>>();
  const startedAt = performance.now();
  for (const [i, body] of bodies.entries()) {
    const due = startedAt + (i * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await pause(early);
    if (open.size >= MAX_OPEN) await Promise.race(open);
    const sent = sendPatiently(sender, body).then(() => void delays.push(performance.now() - due));
    open.add(sent);
    void sent.finally(() => open.delete(sent)).catch(() => undefined);
  }
  await Promise.all(open);
  sender.close();
  return delays.sort((a, b) => a - b);
}

/** Of sorted numbers. */
export function quantileOf(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
