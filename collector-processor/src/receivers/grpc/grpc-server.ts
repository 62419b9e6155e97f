import * as http2 from 'node:http2';
import { messageOf, SentinelError } from '../../runtime/errors.ts';
import { addressOf, closeSockets, listen } from '../listen.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { receiverTls } from '../receiver-tls.ts';
import { TimedSet } from '../timed-set.ts';
import { watchPort } from '../watch-port.ts';
import { type WireServer } from '../wire-server.ts';
import { GrpcConnection } from './grpc-connection.ts';
import { createGrpcRoutes } from './grpc-head.ts';
import { answerHttp1 } from './other-protocol.ts';

const SETTING = 'receivers.otlp.grpc';
const MIB = 1024 * 1024;

/** OTLP/gRPC: unary calls framed by hand on node:http2. */
export function createGrpcServer(context: ReceiverContext): WireServer {
  const { options, metrics, logger, clock } = context;
  const routes = createGrpcRoutes(context);
  const connections = new TimedSet<GrpcConnection>(clock);
  const server = createHttp2Server(context);
  answerHttp1(server, context);
  const sockets = watchPort(server, 'grpc', context);
  server.on('session', (session) => {
    const connection = new GrpcConnection(context, routes, session);
    connections.add(connection);
    session.once('close', () => connections.delete(connection));
  });
  server.on('sessionError', (error) => {
    metrics.connectionClosed('grpc', 'protocol');
    logger.debug({ error: messageOf(error) }, 'A gRPC connection ended with a protocol error.');
  });

  return {
    address: () => addressOf(server),
    async start() {
      await listen(server, options.grpc.endpoint, `${SETTING}.endpoint`);
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

function createHttp2Server({ options }: ReceiverContext): http2.Http2Server {
  const { grpc } = options;
  checkRange('max_frame_size', grpc.maxFrameSize, [16_384, 16_777_215]);
  checkRange('connection_window', grpc.connectionWindow, [65_535, 2_147_483_647]);
  const serverOptions: http2.ServerOptions = {
    maxSessionMemory: Math.max(1, Math.round(grpc.maxSessionMemory / MIB)),
    streamResetBurst: grpc.resetBurst,
    streamResetRate: grpc.resetRate,
    settings: {
      enablePush: false,
      initialWindowSize: Math.min(grpc.streamWindow, grpc.connectionWindow),
      maxConcurrentStreams: grpc.maxConcurrentStreams,
      maxFrameSize: grpc.maxFrameSize,
      maxHeaderListSize: grpc.maxHeaderSize,
    },
  };
  const tls = receiverTls(grpc.tls, `${SETTING}.tls`, options.headerTimeout);
  return tls === undefined ? http2.createServer(serverOptions) : http2.createSecureServer({ ...serverOptions, ...tls });
}

/** The ranges of HTTP/2 (RFC 9113 §6.5.2 and §6.9.2). */
function checkRange(name: string, value: number, [low, high]: readonly [number, number]): void {
  if (value >= low && value <= high) return;
  throw new SentinelError('SENTINEL_CONFIG_INVALID', `${SETTING}.${name} must be ${low} to ${high} bytes.`);
}
