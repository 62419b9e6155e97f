import { StreamNumber, type StreamStore } from '../state/stream-store.ts';

/** Points before a stream may be found odd, and how odd it has to be. */
export const LEARNING_POINTS = 30;
const ODD = 6;
const MEMORY_POINTS = 200;
const { lightMean, lightSpread } = StreamNumber;

/**
 * Watches streams for which there was no room among the scored series: exponential mean and mean deviation.
 * A new stream asks for a place at once; one that was refused asks again when it turns odd, which may push out an idle one.
 */
export class LightTier {
  private readonly streams: StreamStore;

  constructor(streams: StreamStore) {
    this.streams = streams;
  }

  /** Whether the stream should ask for a place with this point. */
  isWorth(stream: number, value: number): boolean {
    const { lightSeen, numbers } = this.streams;
    const seen = lightSeen[stream] as number;
    if (seen < LEARNING_POINTS || Number.isNaN(value)) return seen === 0;
    const at = this.streams.at(stream);
    const distance = Math.abs(value - (numbers[at + lightMean] as number));
    return distance > ODD * (numbers[at + lightSpread] as number);
  }

  learn(stream: number, value: number): void {
    if (Number.isNaN(value)) return;
    const { lightSeen, numbers } = this.streams;
    const at = this.streams.at(stream);
    const seen = Math.min(MEMORY_POINTS, (lightSeen[stream] as number) + 1);
    const mean = numbers[at + lightMean] as number;
    lightSeen[stream] = seen;
    numbers[at + lightMean] = mean + (value - mean) / seen;
    if (seen === 1) return;
    const spread = numbers[at + lightSpread] as number;
    numbers[at + lightSpread] = spread + (Math.abs(value - mean) - spread) / (seen - 1);
  }
}
