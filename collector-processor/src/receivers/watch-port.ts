import { type Server, type Socket } from 'node:net';
import { type Wire } from '../model/export-request.ts';
import { messageOf } from '../runtime/errors.ts';
import { type ReceiverContext } from './receiver-context.ts';

/**
 * The connections of a port: their number is bounded, shown and counted when one is turned away or fails its handshake.
 * Returns the open sockets, also those that are still in a TLS handshake.
 */
export function watchPort(
  server: Server,
  wire: Wire,
  { options, metrics, logger }: ReceiverContext,
): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.maxConnections = options.maxConnections;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('drop', () => metrics.connectionClosed(wire, 'over_limit'));
  server.on('tlsClientError', (error: unknown) => {
    metrics.connectionClosed(wire, 'tls');
    logger.debug({ wire, error: messageOf(error) }, 'A TLS handshake failed.');
  });
  server.on('error', (error) => logger.error({ wire, error: messageOf(error) }, 'A receiver port failed.'));
  metrics.connections(wire, () => sockets.size);
  return sockets;
}
