import { type AddressInfo, type Server, type Socket } from 'node:net';
import { type Wire } from '../model/export-request.ts';
import { messageOf } from '../runtime/errors.ts';
import { closeSockets } from './listen.ts';
import { type PortShare, type PortTaker } from './ports.ts';
import { type ReceiverContext } from './receiver-context.ts';

/** The connections of a wire: their number is bounded, shown, and counted when one is turned away or fails its handshake. */
export class WirePort {
  readonly #context: ReceiverContext;
  readonly #wire: Wire;
  readonly #begin: (socket: Socket) => void;
  /** Open ones, also those that are still in a TLS handshake. */
  readonly #sockets = new Set<Socket>();
  #share: PortShare | undefined;

  constructor(context: ReceiverContext, wire: Wire, begin: (socket: Socket) => void) {
    this.#context = context;
    this.#wire = wire;
    this.#begin = begin;
    context.metrics.connections(wire, () => this.#sockets.size);
  }

  address(): AddressInfo | undefined {
    return this.#share?.address();
  }

  async start(): Promise<void> {
    const { options, premises } = this.#context;
    const { endpoint } = options[this.#wire];
    const setting = `receivers.otlp.${this.#wire}.endpoint`;
    this.#share = await premises.ports.take(
      { endpoint, setting, shared: premises.others !== undefined },
      this.#taker(),
    );
  }

  leave(): void {
    this.#share?.leave();
  }

  async close(): Promise<void> {
    await closeSockets(this.#sockets, this.#context.clock);
  }

  watchHandshakes(server: Server): void {
    const { metrics, logger } = this.#context;
    server.on('tlsClientError', (error: unknown) => {
      metrics.connectionClosed(this.#wire, 'tls');
      logger.debug({ wire: this.#wire, error: messageOf(error) }, 'A TLS handshake failed.');
    });
  }

  #taker(): PortTaker {
    const { options, metrics, logger } = this.#context;
    return {
      maxConnections: options.maxConnections,
      accept: (socket) => {
        this.#sockets.add(socket);
        socket.once('close', () => this.#sockets.delete(socket));
        this.#begin(socket);
      },
      dropped: () => metrics.connectionClosed(this.#wire, 'over_limit'),
      failed: (error) => logger.error({ wire: this.#wire, error: messageOf(error) }, 'A receiver port failed.'),
    };
  }
}
