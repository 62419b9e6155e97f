import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { BodySource } from '../pipeline/bodies.ts';
import type { Case } from '../pipeline/cases.ts';
import { openSender, type Target } from '../pipeline/drive.ts';
import type { Sender } from '../pipeline/http-load.ts';
import { addTallies, type ItemTally, NO_ITEMS, tallyOf } from '../pipeline/item-tally.ts';

const ITEMS = 225;
/** One of each service. */
const BODIES = 24;
const CONNECTIONS = 32;
const SECOND_MS = 1000;

/** Each signal its own way over the wire. */
export const kinds: readonly Case[] = [
  { signal: 'traces', wire: 'grpc', compression: 'none', items: ITEMS },
  { signal: 'metrics', wire: 'http', compression: 'gzip', items: ITEMS },
  { signal: 'logs', wire: 'http', compression: 'none', items: ITEMS },
];

/** A steady load of one signal, whatever the answers do. */
export class SteadyLoad {
  readonly kind: Case;
  acknowledged: ItemTally = NO_ITEMS;
  /** Requests that were not acknowledged. */
  refused = 0;
  lastRefusal = '';
  readonly #target: Target;
  readonly #perSecond: number;
  readonly #source: BodySource;
  #delays: number[] = [];

  constructor(target: Target, kind: Case, perSecond: number) {
    this.kind = kind;
    this.#target = target;
    this.#perSecond = perSecond;
    this.#source = new BodySource(kind.signal, BODIES, ITEMS);
  }

  /** Ms from when a request was due to its acknowledgement, of all since the last time. */
  takeDelays(): number[] {
    const delays = this.#delays;
    this.#delays = [];
    return delays;
  }

  async run(stopped: AbortSignal): Promise<void> {
    const sender = await openSender(this.#target, this.kind, CONNECTIONS);
    const open = new Set<Promise<void>>();
    const startedAt = performance.now();
    for (let count = 0; !stopped.aborted; count++) {
      // One at a time: what takes long here would look like a delay of the program.
      const { bodies } = this.#source.load(count % BODIES, (count % BODIES) + 1, this.kind.compression);
      const due = startedAt + (count * SECOND_MS) / this.#perSecond;
      await pause(Math.max(0, due - performance.now()));
      if (open.size >= CONNECTIONS) await Promise.race(open);
      // The source dates its own bytes anew while these may still be on their way.
      for (const body of bodies.map((dated) => dated.slice())) {
        const sent = this.#send(sender, body, due).finally(() => open.delete(sent));
        open.add(sent);
      }
    }
    await Promise.all(open);
    sender.close();
  }

  async #send(sender: Sender, body: Uint8Array, due: number): Promise<void> {
    const tally = tallyOf(this.kind.signal, this.kind.compression === 'gzip' ? gunzipSync(body) : body);
    try {
      await sender.send(body);
      this.#delays.push(performance.now() - due);
      this.acknowledged = addTallies(this.acknowledged, tally);
    } catch (error) {
      this.refused++;
      this.lastRefusal = String(error);
    }
  }
}
