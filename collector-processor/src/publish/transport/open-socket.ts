import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { ConnectionOptions } from './transport.ts';

/** Begins to connect, over TLS when the endpoint says so; what is written meanwhile leaves when it is connected. */
export function openSocket({ endpoint, tls }: ConnectionOptions, protocol: 'h2' | 'http/1.1'): Socket {
  const isSecure = endpoint.protocol === 'https:';
  const host = endpoint.hostname.replace(/^\[|\]$/g, '');
  const port = Number(endpoint.port === '' ? (isSecure ? 443 : 80) : endpoint.port);
  const socket = isSecure
    ? connectSecurely({
        host,
        port,
        ALPNProtocols: [protocol],
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...tls,
      })
    : connectPlain({ host, port });
  return socket.setNoDelay(true);
}

/** Calls when requests may leave; until then the connection is at most half there. */
export function whenConnected(socket: Socket, { endpoint }: ConnectionOptions, connected: () => void): void {
  socket.once(endpoint.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
}
