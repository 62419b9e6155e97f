import { type ConnectionEnd } from '../receiver-metrics.ts';

interface Broken {
  readonly answer: string;
  readonly reason: ConnectionEnd;
}

/** What is said to those who send no HTTP/1.1 request, and how that is counted. */
export const broken = {
  malformed: of('400 Bad Request', 'This is not an HTTP/1.1 request.', 'protocol'),
  http2: of(
    '400 Bad Request',
    'This port speaks OTLP/HTTP; OTLP/gRPC has a port of its own, 4317 by default.',
    'protocol',
  ),
  too_large: of('431 Request Header Fields Too Large', 'The headers are larger than max_header_size.', 'large_headers'),
  // Not 408: a sender of OTLP would drop its telemetry on it.
  slow_headers: of('503 Service Unavailable', 'The request did not arrive in time.', 'slow_headers'),
} as const satisfies Readonly<Record<string, Broken>>;

function of(status: string, text: string, reason: ConnectionEnd): Broken {
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n`;
  return { answer: `${head}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`, reason };
}
