import type { QueueOptions } from '../forward-options.ts';
import { heldBytes, type Shipment } from './shipment.ts';

/** What a queue holds in memory. Replays are counted apart: how many there are at a time is the business of their drain. */
export class Held {
  readonly #live = { requests: 0, bytes: 0 };
  readonly #replays = { requests: 0, bytes: 0 };

  get requests(): number {
    return this.#live.requests + this.#replays.requests;
  }

  get bytes(): number {
    return this.#live.bytes + this.#replays.bytes;
  }

  add(shipment: Shipment): void {
    this.#move(shipment, 1);
  }

  remove(shipment: Shipment): void {
    this.#move(shipment, -1);
  }

  /** One request alone may be larger than the bound. */
  isOver({ maxSize, maxRequests }: QueueOptions): boolean {
    const { requests, bytes } = this.#live;
    return requests > maxRequests || (bytes > maxSize && requests > 1);
  }

  #move(shipment: Shipment, sign: 1 | -1): void {
    const held = shipment.replay ? this.#replays : this.#live;
    held.requests += sign;
    held.bytes += sign * heldBytes(shipment);
  }
}
