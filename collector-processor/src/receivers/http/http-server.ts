import { type Socket } from 'node:net';
import * as tls from 'node:tls';
import { createCors } from '../cors.ts';
import { type ReceiverContext } from '../receiver-context.ts';
import { receiverTls } from '../receiver-tls.ts';
import { TimedSet } from '../timed-set.ts';
import { WirePort } from '../wire-port.ts';
import { type WireServer } from '../wire-server.ts';
import { HttpConnection } from './http-connection.ts';
import { createHttpRoutes } from './http-head.ts';

const SETTING = 'receivers.otlp.http';

/** OTLP/HTTP, protobuf and JSON on one port, over HTTP/1.1 read by hand. */
export function createHttpServer(context: ReceiverContext): WireServer {
  const { options, clock } = context;
  const premises = { context, routes: createHttpRoutes(context), cors: createCors(options.http.cors) };
  const connections = new TimedSet<HttpConnection>(clock);
  const secure = receiverTls(options.http.tls, `${SETTING}.tls`, options.headerTimeout);
  const handshakes =
    secure === undefined
      ? undefined
      : tls.createServer({ ...secure, noDelay: true, ALPNProtocols: ['http/1.1'] }, begin);
  const port = new WirePort(context, 'http', (socket) => {
    if (handshakes === undefined) {
      // A sender that ends its side has its answer all the same.
      socket.allowHalfOpen = true;
      begin(socket);
    } else handshakes.emit('connection', socket);
  });
  if (handshakes !== undefined) port.watchHandshakes(handshakes);

  function begin(socket: Socket): void {
    const connection = new HttpConnection(premises, socket);
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
