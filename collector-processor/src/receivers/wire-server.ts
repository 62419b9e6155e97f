import { type AddressInfo, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { type Wire } from '../model/export-request.ts';
import { type ReceiverContext } from './receiver-context.ts';
import { receiverTls } from './receiver-tls.ts';
import { type Timed, TimedSet } from './timed-set.ts';
import { WirePort } from './wire-port.ts';

export interface WireServer {
  address(): AddressInfo | undefined;
  start(): Promise<void>;
  /** Takes no new connections and no new requests; open ones go on. */
  leave(): void;
  /** Ends every connection; those that are about to end by themselves may do so first. */
  close(): Promise<void>;
}

/** A connection that is watched, and ends with its open requests when it is to leave. */
interface WireConnection extends Timed {
  leave(): void;
}

export interface WirePlan {
  readonly wire: Wire;
  /** Of ALPN. */
  readonly protocol: 'h2' | 'http/1.1';
  /** The socket is connected, and through with its TLS handshake where there is one. */
  readonly connect: (socket: Socket) => WireConnection;
}

/** The port of a wire and its connections, over TLS when the settings say so. Throws SENTINEL_TLS_INVALID. */
export function createWireServer(context: ReceiverContext, { wire, protocol, connect }: WirePlan): WireServer {
  const { options, clock } = context;
  const connections = new TimedSet<WireConnection>(clock);
  const secure = receiverTls(options[wire].tls, `receivers.otlp.${wire}.tls`, options.headerTimeout);
  const handshakes =
    secure === undefined ? undefined : tls.createServer({ ...secure, noDelay: true, ALPNProtocols: [protocol] }, begin);
  const port = new WirePort(context, wire, (socket) => {
    if (handshakes === undefined) begin(socket);
    else handshakes.emit('connection', socket);
  });
  if (handshakes !== undefined) port.watchHandshakes(handshakes);

  function begin(socket: Socket): void {
    const connection = connect(socket);
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
