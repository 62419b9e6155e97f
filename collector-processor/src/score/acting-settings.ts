import { borderOf } from './border.ts';
import type { Detector } from './scorer.ts';
import type { Tunings } from './tuning/tunings.ts';

/** Settings that decide what becomes of what the detectors say. */
export interface Verdicts {
  readonly noticeSurprise: number;
  readonly pageScore: number;
  /** Detectors, and questions, that are not asked. */
  readonly without: readonly string[];
}

/** What acts, to be read anew for each step. */
export interface ActingSettings extends Verdicts {
  /** A 1 for each detector that is not asked. */
  readonly off: Uint8Array;
}

/** The configuration, with what was promoted in its place, from the moment at which it is. */
export function actingSettings<Configured extends Verdicts>(
  configured: Configured,
  detectors: readonly Detector[],
  tunings: Pick<Tunings, 'settings'>,
): Configured & ActingSettings {
  let known = tunings.settings;
  let off = offOf(detectors, known.without ?? configured.without);
  return {
    ...configured,
    get noticeSurprise() {
      return tunings.settings.noticeSurprise ?? configured.noticeSurprise;
    },
    get pageScore() {
      return tunings.settings.pageScore ?? configured.pageScore;
    },
    get without() {
      return tunings.settings.without ?? configured.without;
    },
    get off() {
      if (known === tunings.settings) return off;
      known = tunings.settings;
      off = offOf(detectors, known.without ?? configured.without);
      return off;
    },
  };
}

export function offOf(detectors: readonly Detector[], without: readonly string[]): Uint8Array {
  return Uint8Array.from(detectors, ({ name, question }) =>
    without.includes(name) || without.includes(question) ? 1 : 0,
  );
}

/** What a score by one border is by another. */
export function scaleBetween(from: number, to: number, stepMs: number): number {
  return borderOf(from, stepMs) / borderOf(to, stepMs);
}
