import { type Http2Server } from 'node:http2';
import { type Socket } from 'node:net';
import { type Duplex } from 'node:stream';
import { type ReceiverContext } from '../receiver-context.ts';

/** Words that only the first line of an HTTP/1 request begins with; HTTP/2 begins with `PRI * HTTP/2.0`. */
const http1 = /^(GET|POST|PUT|HEAD|OPTIONS|DELETE|PATCH) /;
const LONGEST_WORD = 8;
const text = 'This port speaks OTLP/gRPC (HTTP/2); OTLP/HTTP has a port of its own, 4318 by default.\n';
const answer =
  'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n' +
  `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;

/**
 * Whoever speaks HTTP/1 to the gRPC port is told so in HTTP/1, instead of bytes it cannot read. The first bytes of a
 * connection are looked at and put back before node:http2 gets it; with TLS it is the missing ALPN that tells.
 */
export function answerHttp1(server: Http2Server, { options, metrics }: ReceiverContext): void {
  const begin = server.listeners('connection').at(0);

  function turnAway(socket: Duplex): void {
    metrics.connectionClosed('grpc', 'protocol');
    socket.on('error', leaveToClose);
    socket.end(answer);
  }

  function greet(socket: Socket): void {
    const late = (): void => {
      metrics.connectionClosed('grpc', 'no_handshake');
      socket.destroy();
    };
    socket.setTimeout(options.headerTimeout, late);
    socket.on('error', leaveToClose);
    socket.once('readable', () => {
      const first: unknown = socket.read();
      if (!Buffer.isBuffer(first)) {
        // It ended before it said anything, as the probes of load balancers do.
        socket.destroy();
        return;
      }
      if (http1.test(first.toString('latin1', 0, LONGEST_WORD))) {
        turnAway(socket);
        socket.resume();
        return;
      }
      socket.setTimeout(0);
      socket.off('timeout', late);
      socket.off('error', leaveToClose);
      socket.unshift(first);
      begin?.call(server, socket);
    });
  }

  if (options.grpc.tls.certFile === '') {
    server.removeAllListeners('connection');
    server.on('connection', greet);
  }
  server.on('unknownProtocol', turnAway);
}

/** A connection that breaks here has told nothing yet. */
function leaveToClose(): void {
  // Without a listener Node would end the process.
}
