/** Share of the cap that only urgent ones may use, so that a storm of small things never hides a big one. */
const RESERVED_SHARE = 0.25;

export interface RateCap {
  /** Whether one more may start now. Times from one monotonic clock. */
  admit(nowMs: number, urgent: boolean): boolean;
  /** One that a predecessor admitted at that time. */
  recall(atMs: number): void;
}

/** At most `max` in any stretch of `windowMs`. */
export function createRateCap({ max, windowMs }: { readonly max: number; readonly windowMs: number }): RateCap {
  let admitted: number[] = [];
  const forAll = max - Math.floor(max * RESERVED_SHARE);
  return {
    admit(nowMs, urgent) {
      admitted = admitted.filter((atMs) => nowMs - atMs < windowMs);
      if (admitted.length >= (urgent ? max : forAll)) return false;
      admitted.push(nowMs);
      return true;
    },
    recall(atMs) {
      admitted = [...admitted, atMs].slice(-max);
    },
  };
}
