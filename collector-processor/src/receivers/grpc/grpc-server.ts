import { type Socket } from 'node:net';
import * as tls from 'node:tls';
import { SentinelError } from '../../runtime/errors.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { receiverTls } from '../receiver-tls.ts';
import { TimedSet } from '../timed-set.ts';
import { WirePort } from '../wire-port.ts';
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
  const secure = receiverTls(options.grpc.tls, `${SETTING}.tls`, options.headerTimeout);
  const handshakes =
    secure === undefined ? undefined : tls.createServer({ ...secure, noDelay: true, ALPNProtocols: ['h2'] }, begin);
  const port = new WirePort(context, 'grpc', (socket) => {
    if (handshakes === undefined) begin(socket);
    else handshakes.emit('connection', socket);
  });
  if (handshakes !== undefined) port.watchHandshakes(handshakes);

  function begin(socket: Socket): void {
    const connection = new GrpcConnection(context, routes, socket);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  }

  return {
    address: () => port.address(),
    async start() {
      await port.start();
      connections.start();
    },
    leave() {
      port.leave();
      for (const connection of connections.entries()) connection.leave();
    },
    async close() {
      await port.close();
      connections.stop();
    },
  };
}

/** The ranges of HTTP/2 (RFC 9113 §6.5.2 and §6.9.2). */
function checkRange(name: string, value: number, [low, high]: readonly [number, number]): void {
  if (value >= low && value <= high) return;
  throw new SentinelError('SENTINEL_CONFIG_INVALID', `${SETTING}.${name} must be ${low} to ${high} bytes.`);
}
