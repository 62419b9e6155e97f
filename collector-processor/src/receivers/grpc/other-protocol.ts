import { type Duplex } from 'node:stream';

/** Words that only the first line of an HTTP/1 request begins with; HTTP/2 begins with `PRI * HTTP/2.0`. */
const http1 = /^(GET|POST|PUT|HEAD|OPTIONS|DELETE|PATCH) /;
const LONGEST_WORD = 8;
const text = 'This port speaks OTLP/gRPC (HTTP/2); OTLP/HTTP has a port of its own, 4318 by default.\n';
const answer =
  'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n' +
  `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;

/** Whoever speaks HTTP/1 to the gRPC port is told so in HTTP/1, instead of bytes it cannot read; others are cut off. */
export function answerForeign(socket: Duplex, first: Buffer): void {
  if (http1.test(first.toString('latin1', 0, LONGEST_WORD))) socket.end(answer);
  else socket.destroy();
}
