import { laneKey, mayBeJoined, type Shipment } from './shipment.ts';

interface Lane {
  readonly waiting: Shipment[];
  /** The backend asked this lane to wait that long (monotonic). */
  pausedUntilMs: number;
  /** Nothing of this lane is joined until then. */
  apartUntilMs: number;
}

/**
 * What waits for a place, by lane. Lanes take turns, so that a tenant who sends much does not hold up one who sends
 * little. A lane in which nothing waits stays until the next sweep: a map that loses and gains an entry with each request
 * keeps what they held from the garbage collector (see `Bag`).
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  /** Lanes in which something waits, the next one first. */
  readonly #turns: Lane[] = [];
  /** Until then some lane is paused or kept apart. */
  #careUntilMs = 0;
  readonly #maxBatchBytes: number;

  constructor(maxBatchBytes: number) {
    this.#maxBatchBytes = maxBatchBytes;
  }

  /** Nothing is left for a sweep. */
  get isEmpty(): boolean {
    return this.#lanes.size === 0;
  }

  /** Nothing waits, and no lane has to be treated with care: whatever arrives may be sent straight away. */
  isIdle(nowMs: number): boolean {
    return this.#turns.length === 0 && this.#careUntilMs <= nowMs;
  }

  push(shipment: Shipment): void {
    const lane = this.#laneOf(shipment);
    lane.waiting.push(shipment);
    if (lane.waiting.length === 1) this.#turns.push(lane);
  }

  /** Those that come back from a failed attempt go first. */
  unshift(shipments: readonly Shipment[]): void {
    const [first] = shipments;
    if (first === undefined) return;
    const lane = this.#laneOf(first);
    if (lane.waiting.length === 0) this.#turns.push(lane);
    lane.waiting.unshift(...shipments);
  }

  pause(shipment: Shipment, untilMs: number): void {
    const lane = this.#laneOf(shipment);
    lane.pausedUntilMs = Math.max(lane.pausedUntilMs, untilMs);
    this.#careUntilMs = Math.max(this.#careUntilMs, untilMs);
  }

  /** Milliseconds until the shipment's lane may be sent from. */
  pausedMs(shipment: Shipment, nowMs: number): number {
    if (this.#careUntilMs <= nowMs) return 0;
    const lane = this.#lanes.get(laneKey(shipment));
    return lane === undefined ? 0 : Math.max(0, lane.pausedUntilMs - nowMs);
  }

  keepApart(shipment: Shipment, untilMs: number): void {
    this.#laneOf(shipment).apartUntilMs = untilMs;
    this.#careUntilMs = Math.max(this.#careUntilMs, untilMs);
  }

  /** The next lane's first shipment, with as many behind it as may be joined to it. */
  next(nowMs: number, takesReplays: boolean): readonly Shipment[] | undefined {
    const turn = this.#turns.findIndex(
      (lane) => lane.pausedUntilMs <= nowMs && (takesReplays || lane.waiting[0]?.replay !== true),
    );
    const [lane] = turn === -1 ? [] : this.#turns.splice(turn, 1);
    if (lane === undefined) return undefined;
    const batch = this.#take(lane, nowMs);
    if (lane.waiting.length > 0) this.#turns.push(lane);
    return batch;
  }

  /** Takes out what `isLate`, and forgets lanes without need. */
  sweep(nowMs: number, isLate: (shipment: Shipment) => boolean): Shipment[] {
    const late: Shipment[] = [];
    for (const [key, lane] of this.#lanes) {
      const stay = lane.waiting.filter((shipment) => !isLate(shipment));
      if (stay.length < lane.waiting.length) late.push(...lane.waiting.filter(isLate));
      lane.waiting.splice(0, lane.waiting.length, ...stay);
      if (stay.length === 0 && this.#turns.includes(lane)) this.#turns.splice(this.#turns.indexOf(lane), 1);
      if (isIdle(lane, nowMs)) this.#lanes.delete(key);
    }
    return late;
  }

  #take(lane: Lane, nowMs: number): Shipment[] {
    const [first] = lane.waiting;
    if (first === undefined) return [];
    const batch = [first];
    const alone = lane.apartUntilMs > nowMs || !mayBeJoined(first);
    let bytes = first.protobuf.length;
    while (!alone) {
      const next = lane.waiting[batch.length];
      bytes += next?.protobuf.length ?? 0;
      if (next === undefined || bytes > this.#maxBatchBytes || !mayBeJoined(next)) break;
      batch.push(next);
    }
    lane.waiting.splice(0, batch.length);
    return batch;
  }

  #laneOf(shipment: Shipment): Lane {
    const key = laneKey(shipment);
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    const created = { waiting: [], pausedUntilMs: 0, apartUntilMs: 0 };
    this.#lanes.set(key, created);
    return created;
  }
}

function isIdle({ waiting, pausedUntilMs, apartUntilMs }: Lane, nowMs: number): boolean {
  return waiting.length === 0 && pausedUntilMs <= nowMs && apartUntilMs <= nowMs;
}
