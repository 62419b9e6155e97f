import * as http2 from 'node:http2';
import { frameMessage } from '../../runtime/grpc/frame.ts';
import { exportServices } from '../export-service.ts';

export interface GrpcReply {
  readonly httpStatus: number;
  readonly headers: http2.IncomingHttpHeaders;
  /** Headers and trailers together, as a client reads the status. */
  readonly status: http2.IncomingHttpHeaders;
  readonly body: Buffer;
  readonly rstCode: number;
}

export const [tracesPath = '', metricsPath = '', logsPath = ''] = exportServices.map(({ grpcPath }) => grpcPath);

export function connect(port: number, options: http2.ClientSessionOptions = {}): http2.ClientHttp2Session {
  const session = http2.connect(`http://127.0.0.1:${port}`, options);
  session.on('error', ignore);
  return session;
}

/** A call without ending it. */
export function openCall(session: http2.ClientHttp2Session, headers: http2.OutgoingHttpHeaders = {}) {
  const stream = session.request({
    ':method': 'POST',
    ':path': tracesPath,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
  const reply = new Promise<GrpcReply>((resolve) => {
    let first: http2.IncomingHttpHeaders = {};
    let last: http2.IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    stream.on('response', (received: http2.IncomingHttpHeaders) => (first = received));
    stream.on('trailers', (received: http2.IncomingHttpHeaders) => (last = received));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', ignore);
    stream.on('close', () =>
      resolve({
        httpStatus: Number(first[':status'] ?? 0),
        headers: first,
        status: { ...first, ...last },
        body: Buffer.concat(chunks),
        rstCode: stream.rstCode,
      }),
    );
  });
  return { stream, reply };
}

/** One unary call with one message. */
export function call(
  session: http2.ClientHttp2Session,
  message: Uint8Array,
  headers: http2.OutgoingHttpHeaders = {},
): Promise<GrpcReply> {
  const { stream, reply } = openCall(session, headers);
  stream.end(frameMessage(message, headers['grpc-encoding'] !== undefined && headers['grpc-encoding'] !== 'identity'));
  return reply;
}

function ignore(): void {
  // The reply shows what became of the call.
}
