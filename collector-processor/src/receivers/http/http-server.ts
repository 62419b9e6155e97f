import { TLSSocket } from 'node:tls';
import { createCors } from '../cors.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { createWireServer, type WireServer } from '../wire-server.ts';
import { HttpConnection } from './http-connection.ts';
import { createHttpRoutes } from './http-head.ts';

/** OTLP/HTTP, protobuf and JSON on one port, over HTTP/1.1 read by hand. */
export function createHttpServer(context: ReceiverContext): WireServer {
  const premises = { context, routes: createHttpRoutes(context), cors: createCors(context.options.http.cors) };
  return createWireServer(context, {
    wire: 'http',
    protocol: 'http/1.1',
    connect(socket) {
      // A sender that ends its side gets what is being said to it all the same.
      if (!(socket instanceof TLSSocket)) socket.allowHalfOpen = true;
      return new HttpConnection(premises, socket);
    },
  });
}
