import * as http from 'node:http';

export interface HttpReply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface HttpRequestParts {
  readonly port: number;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: Uint8Array | string;
  readonly agent?: http.Agent;
}

export const protobuf = { 'content-type': 'application/x-protobuf' };
export const json = { 'content-type': 'application/json' };

/** A request without ending it. `reply` settles on its own. */
export function openRequest({
  port,
  path = '/v1/traces',
  method = 'POST',
  headers = protobuf,
  agent,
}: HttpRequestParts) {
  const request = http.request({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers,
    ...(agent === undefined ? {} : { agent }),
  });
  const reply = new Promise<HttpReply>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
  });
  reply.catch(ignore);
  return { request, reply };
}

export function send(parts: HttpRequestParts): Promise<HttpReply> {
  const { request, reply } = openRequest(parts);
  request.end(parts.body);
  return reply;
}

function ignore(): void {
  // Whoever awaits the reply sees the error.
}
