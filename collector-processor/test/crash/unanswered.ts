import { gunzipSync } from 'node:zlib';
import { GIVEN_UP } from '../../src/publish/transport/http-transport.ts';
import { ClientConnection, type ClientRequest } from '../../src/runtime/http1/client-connection.ts';
import { idsIn } from './ids.ts';

export interface Unanswered {
  /** `http://host:port` of the backend. */
  readonly origin: string;
  readonly ids: readonly string[];
}

/**
 * Tells of each request that was given up for want of an answer. Whether the backend took it, nobody here knows: that it
 * is sent again, and then stands there twice, is no fault.
 */
export function watchUnanswered(tell: (unanswered: Unanswered) => void): void {
  const sent = new WeakMap<ClientConnection, ClientRequest>();
  const { prototype } = ClientConnection;
  const send = Reflect.get(prototype, 'send');
  const destroy = Reflect.get(prototype, 'destroy');
  prototype.send = function (request, taker) {
    sent.set(this, request);
    send.call(this, request, taker);
  };
  prototype.destroy = function (reason) {
    const request = sent.get(this);
    if (reason === GIVEN_UP && request !== undefined) tell(unanswered(request));
    destroy.call(this, reason);
  };
}

function unanswered({ head, parts }: ClientRequest): Unanswered {
  const body = Buffer.concat(parts);
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  const host = /^host: (\S+)\r$/m.exec(head)?.[1] ?? '';
  return { origin: `http://${host}`, ids: idsIn(isGzip ? gunzipSync(body) : body) };
}
