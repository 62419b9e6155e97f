import * as net from 'node:net';
import * as tls from 'node:tls';
import { SentinelError } from '../../runtime/errors.ts';
import { addressOf, closeSockets, listen } from '../listen.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { receiverTls } from '../receiver-tls.ts';
import { TimedSet } from '../timed-set.ts';
import { watchPort } from '../watch-port.ts';
import { type WireServer } from '../wire-server.ts';
import { GrpcConnection } from './grpc-connection.ts';
import { createGrpcRoutes } from './grpc-head.ts';

const SETTING = 'receivers.otlp.grpc';

/** OTLP/gRPC: unary calls over HTTP/2, both framed by hand. */
export function createGrpcServer(context: ReceiverContext): WireServer {
  const { options, clock } = context;
  const routes = createGrpcRoutes(context);
  const connections = new TimedSet<GrpcConnection>(clock);
  checkRange('max_frame_size', options.grpc.maxFrameSize, [16_384, 16_777_215]);
  checkRange('connection_window', options.grpc.connectionWindow, [65_535, 2_147_483_647]);
  const server = createSocketServer(context, (socket) => {
    const connection = new GrpcConnection(context, routes, socket);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  });
  const sockets = watchPort(server, 'grpc', context);

  return {
    address: () => addressOf(server),
    async start() {
      await listen(server, {
        endpoint: options.grpc.endpoint,
        setting: `${SETTING}.endpoint`,
        shared: context.sharesPorts,
      });
      connections.start();
    },
    leave() {
      server.close();
      for (const connection of connections.entries()) connection.leave();
    },
    async close() {
      await closeSockets(sockets, clock);
      connections.stop();
    },
  };
}

function createSocketServer({ options }: ReceiverContext, begin: (socket: net.Socket) => void): net.Server {
  const secure = receiverTls(options.grpc.tls, `${SETTING}.tls`, options.headerTimeout);
  if (secure === undefined) return net.createServer({ noDelay: true }, begin);
  return tls.createServer({ ...secure, noDelay: true, ALPNProtocols: ['h2'] }, begin);
}

/** The ranges of HTTP/2 (RFC 9113 §6.5.2 and §6.9.2). */
function checkRange(name: string, value: number, [low, high]: readonly [number, number]): void {
  if (value >= low && value <= high) return;
  throw new SentinelError('SENTINEL_CONFIG_INVALID', `${SETTING}.${name} must be ${low} to ${high} bytes.`);
}
