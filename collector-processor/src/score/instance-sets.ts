import type { Hash64 } from '../model/resource.ts';

/** Instances that were seen within one of these count together. */
const WINDOW_MS = 2 * 60_000;
const MAX_SERVICES = 10_000;
/** More of one service are not told apart. */
const MAX_INSTANCES = 1_000;

interface Window {
  startMs: number;
  readonly seen: Set<number>;
  /** As it was last told, or first known; undefined in the first window. */
  told: number | undefined;
  /** Of the window before; a number counts once two windows agree. */
  before: number | undefined;
}

export interface Scaled {
  readonly from: number;
  readonly to: number;
  readonly timeMs: number;
}

/** How many instances each service has, by whole windows; told when two of them in a row agree on another number. */
export class InstanceSets {
  readonly #services = new Map<string, Window>();

  see(service: string, { low, high }: Hash64, nowMs: number): Scaled | undefined {
    const window = this.#services.get(service) ?? this.#add(service, nowMs);
    const scaled = nowMs - window.startMs >= WINDOW_MS ? turn(window, nowMs) : undefined;
    if (window.seen.size < MAX_INSTANCES) window.seen.add(high * 2 ** 21 + (low >>> 11));
    return scaled;
  }

  #add(service: string, nowMs: number): Window {
    const oldest = this.#services.size >= MAX_SERVICES ? this.#services.keys().next().value : undefined;
    if (oldest !== undefined) this.#services.delete(oldest);
    const window: Window = { startMs: nowMs, seen: new Set(), told: undefined, before: undefined };
    this.#services.set(service, window);
    return window;
  }
}

/** The next window begins; a pause in between says nothing about the number. */
function turn(window: Window, nowMs: number): Scaled | undefined {
  const count = window.seen.size;
  const isPause = nowMs - window.startMs >= 2 * WINDOW_MS;
  const timeMs = window.startMs - WINDOW_MS;
  const agrees = !isPause && window.before === count;
  const from = window.told;
  window.startMs = nowMs;
  window.seen.clear();
  window.before = isPause ? undefined : count;
  if (!agrees) return undefined;
  window.told = count;
  return from === undefined || from === count ? undefined : { from, to: count, timeMs };
}
