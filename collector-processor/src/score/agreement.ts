/** A single voice weighs no more than this. */
const VOICE_CAP = 8;
/** Share of a series' own rarity in the surprise, beside the detectors' word. */
const OWN_SHARE = 0.5;

/**
 * Many voices, one surprise: half the mean of all (equal weights), half the second loudest, so that nobody is heard
 * alone unless nobody else judges. NaN voices have nothing to say and do not count. 0 when nobody speaks.
 */
export function agree(voices: Float64Array, count: number): number {
  let speaking = 0;
  let sum = 0;
  let first = 0;
  let second = 0;
  for (let i = 0; i < count; i++) {
    const voice = Math.min(VOICE_CAP, voices[i] as number);
    if (Number.isNaN(voice)) continue;
    speaking++;
    sum += voice;
    if (voice > first) {
      second = first;
      first = voice;
    } else if (voice > second) second = voice;
  }
  if (speaking === 0) return 0;
  return 0.5 * (sum / speaking) + 0.5 * (speaking === 1 ? first : second);
}

/** What the detectors agree on, less where such agreement is not rare on this series. */
export function settle(agreed: number, rarity: number): number {
  return (1 - OWN_SHARE) * agreed + OWN_SHARE * Math.min(agreed, rarity);
}
