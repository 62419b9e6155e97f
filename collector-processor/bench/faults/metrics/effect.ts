/** What a fault does to a series while it lasts. */
export interface Effect {
  readonly startMs: number;
  readonly endMs: number;
  /** The local time by which the series now goes. */
  clock?(localMs: number): number;
  /** What is now expected of it; `spread` is the unit of magnitudes. */
  level?(expected: number, spread: number, timeMs: number): number;
  /** Factor on its noise. */
  readonly noise?: number;
  /** It keeps the value that it has, as a broken sensor does. */
  readonly stuck?: true;
  /** No point is sent. */
  readonly silent?: true;
}

export function activeEffects(effects: readonly Effect[], timeMs: number): readonly Effect[] {
  if (effects.length === 0) return effects;
  return effects.filter(({ startMs, endMs }) => timeMs >= startMs && timeMs < endMs);
}
