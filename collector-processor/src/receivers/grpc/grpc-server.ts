import { SentinelError } from '../../runtime/errors.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { createWireServer, type WireServer } from '../wire-server.ts';
import { GrpcConnection } from './grpc-connection.ts';
import { createGrpcRoutes } from './grpc-head.ts';

/** OTLP/gRPC: unary calls over HTTP/2, both framed by hand. */
export function createGrpcServer(context: ReceiverContext): WireServer {
  const { maxFrameSize, connectionWindow } = context.options.grpc;
  const routes = createGrpcRoutes(context);
  checkRange('max_frame_size', maxFrameSize, [16_384, 16_777_215]);
  checkRange('connection_window', connectionWindow, [65_535, 2_147_483_647]);
  return createWireServer(context, {
    wire: 'grpc',
    protocol: 'h2',
    connect: (socket) => new GrpcConnection(context, routes, socket),
  });
}

/** The ranges of HTTP/2 (RFC 9113 §6.5.2 and §6.9.2). */
function checkRange(name: string, value: number, [low, high]: readonly [number, number]): void {
  if (value >= low && value <= high) return;
  throw new SentinelError('SENTINEL_CONFIG_INVALID', `receivers.otlp.grpc.${name} must be ${low} to ${high} bytes.`);
}
