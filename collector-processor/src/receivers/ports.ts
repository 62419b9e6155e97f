import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { listen, type ListenPlace } from './listen.ts';

/** Who gets the connections of a port. */
export interface PortTaker {
  /** How many may be open at a time, those of its predecessor among them. */
  readonly maxConnections: number;
  accept(socket: Socket): void;
  /** One more than that came, and was turned away. */
  dropped(): void;
  failed(error: Error): void;
}

/** What a taker has of a port. */
export interface PortShare {
  address(): AddressInfo | undefined;
  /** Takes no more connections. The taker before gets them, if it is still there; after the last one the port is closed. */
  leave(): void;
}

/**
 * The listening sockets of a thread, by setting and address. They outlive receivers: after a reload what connects goes to the
 * successor while its predecessor finishes what is open, so that nobody is refused in between.
 */
export class Ports {
  readonly #open = new Map<string, Port>();

  /** Connections go to this taker from now on. Throws SENTINEL_LISTEN_FAILED. */
  async take(place: ListenPlace, taker: PortTaker): Promise<PortShare> {
    const name = `${place.setting} ${place.endpoint}`;
    let port = this.#open.get(name);
    if (port === undefined) {
      port = new Port(() => this.#open.delete(name));
      await port.open(place);
      this.#open.set(name, port);
    }
    return port.share(taker);
  }
}

class Port {
  readonly #server: Server;
  readonly #takers: PortTaker[] = [];
  readonly #onClose: () => void;

  constructor(onClose: () => void) {
    this.#onClose = onClose;
    this.#server = createServer({ noDelay: true }, (socket) => this.#current()?.accept(socket));
    this.#server.on('drop', () => this.#current()?.dropped());
  }

  async open(place: ListenPlace): Promise<void> {
    await listen(this.#server, place);
    this.#server.on('error', (error) => this.#current()?.failed(error));
  }

  share(taker: PortTaker): PortShare {
    this.#takers.push(taker);
    this.#settle();
    return {
      address: () => (this.#takers.includes(taker) ? addressOf(this.#server) : undefined),
      leave: () => this.#leave(taker),
    };
  }

  #current(): PortTaker | undefined {
    return this.#takers.at(-1);
  }

  #leave(taker: PortTaker): void {
    const index = this.#takers.indexOf(taker);
    if (index < 0) return;
    this.#takers.splice(index, 1);
    this.#settle();
  }

  #settle(): void {
    const current = this.#current();
    if (current === undefined) {
      this.#onClose();
      this.#server.close();
    } else this.#server.maxConnections = current.maxConnections;
  }
}

function addressOf(server: Server): AddressInfo | undefined {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address : undefined;
}
