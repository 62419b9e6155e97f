import { type Server, type Socket } from 'node:net';
import { type Clock } from '../runtime/clock.ts';
import { parseEndpoint } from '../runtime/endpoint.ts';
import { messageOf, SentinelError } from '../runtime/errors.ts';

export interface ListenPlace {
  readonly endpoint: string;
  readonly setting: string;
  /** Several servers have the port; the system hands each connection to one of them (SO_REUSEPORT). */
  readonly shared: boolean;
}

/** Opens the port; throws SENTINEL_LISTEN_FAILED with the setting that asked for it. */
export async function listen(server: Server, { endpoint, setting, shared }: ListenPlace): Promise<void> {
  const { host, port } = parseEndpoint(endpoint, setting);
  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error) =>
      reject(new SentinelError('SENTINEL_LISTEN_FAILED', `${setting}: ${messageOf(error)}`, { cause: error }));
    server.once('error', fail);
    server.listen({ host, port, reusePort: shared }, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

const LINGER_MS = 500;
const POLL_MS = 5;

/** Answered connections end by themselves within moments; what is left then is destroyed. */
export async function closeSockets(sockets: ReadonlySet<Socket>, clock: Clock): Promise<void> {
  const untilMs = clock.monotonicMs() + LINGER_MS;
  while (sockets.size > 0 && clock.monotonicMs() < untilMs) await clock.sleep(POLL_MS);
  for (const socket of sockets) socket.destroy();
}
