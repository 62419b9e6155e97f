import type { StreamStore } from '../state/stream-store.ts';

/** Points before a stream may be found odd, and how odd it has to be. */
const LEARNING_POINTS = 30;
const ODD = 6;
const MEMORY_POINTS = 200;

/**
 * Watches streams for which there was no room among the scored series: exponential mean and mean deviation, nine bytes.
 * A new stream asks for a place at once; one that was refused asks again when it turns odd, which may push out an idle one.
 */
export class LightTier {
  private readonly streams: StreamStore;

  constructor(streams: StreamStore) {
    this.streams = streams;
  }

  /** Whether the stream should ask for a place with this point. */
  isWorth(stream: number, value: number): boolean {
    const { lightSeen, lightMean, lightSpread } = this.streams;
    const seen = lightSeen[stream] as number;
    if (seen < LEARNING_POINTS || Number.isNaN(value)) return seen === 0;
    return Math.abs(value - (lightMean[stream] as number)) > ODD * (lightSpread[stream] as number);
  }

  learn(stream: number, value: number): void {
    if (Number.isNaN(value)) return;
    const { lightSeen, lightMean, lightSpread } = this.streams;
    const seen = Math.min(MEMORY_POINTS, (lightSeen[stream] as number) + 1);
    const distance = value - (lightMean[stream] as number);
    lightSeen[stream] = seen;
    lightMean[stream] = (lightMean[stream] as number) + distance / seen;
    if (seen > 1) {
      const spread = lightSpread[stream] as number;
      lightSpread[stream] = spread + (Math.abs(distance) - spread) / (seen - 1);
    }
  }
}
