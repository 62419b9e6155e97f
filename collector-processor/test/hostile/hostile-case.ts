import { request } from 'node:http';
import type { Signal } from '../../src/model/signal.ts';
import type { Target } from './target.ts';

/** One attack. */
export interface HostileCase {
  readonly name: string;
  /** The vulnerability of another program that it repeats. */
  readonly cve?: string;
  /** Resolves to what went wrong beyond memory and the clients that behave, which are watched in every case. */
  readonly run: (target: Target) => Promise<readonly string[]>;
}

/** HTTP codes that tell a sender to come again. */
export const RETRYABLE = [429, 502, 503, 504];
/** gRPC codes. */
export const Grpc = { ok: 0, invalidArgument: 3, resourceExhausted: 8, unimplemented: 12, unavailable: 14 } as const;

/** Resolves to the HTTP status, 0 when the connection ended without one. */
export function post(
  { httpPort }: Pick<Target, 'httpPort'>,
  body: Uint8Array,
  headers: Readonly<Record<string, string>> = {},
  signal: Signal = 'traces',
): Promise<number> {
  return new Promise((resolve) => {
    const call = request({ host: '127.0.0.1', port: httpPort, method: 'POST', path: `/v1/${signal}`, agent: false });
    call.setHeader('content-type', 'application/x-protobuf');
    for (const [name, value] of Object.entries(headers)) call.setHeader(name, value);
    call.on('error', () => resolve(0));
    call.on('response', (response) => {
      response.resume();
      response.on('error', () => undefined);
      resolve(response.statusCode ?? 0);
    });
    call.end(body);
  });
}

/** A fault for each answer that is none of the wanted ones. */
export function only(wanted: readonly number[], answers: readonly (number | undefined)[], what = 'answer'): string[] {
  const others = new Map<string, number>();
  for (const answer of answers) {
    if (answer === undefined || !wanted.includes(answer))
      others.set(String(answer), (others.get(String(answer)) ?? 0) + 1);
  }
  return [...others].map(([answer, count]) => `${what} ${answer}, ${count} times, instead of ${wanted.join(' or ')}`);
}

/** `count` times, so many at once. */
export async function times<Result>(
  count: number,
  atOnce: number,
  act: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) results[index] = await act(index);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}
