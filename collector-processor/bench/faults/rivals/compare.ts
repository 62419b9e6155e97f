import { judge } from '../judge.ts';
import { type QuietResult } from '../quiet.ts';
import type { Told } from '../stretches.ts';
import { rivalBorders } from './watch.ts';

/** What one rival said at one border, about faults and about quiet series. */
export interface RivalAt {
  readonly name: string;
  readonly border: number;
  readonly meanF1: number;
  readonly meanRecall: number;
  readonly kinds: readonly { readonly kind: string; readonly f1: number; readonly delay_steps: number | null }[];
  readonly noticesPer1000: number;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Every rival at every border. `stretches` are the labelled parts of the run with what was said in each. */
export function compareRivals(stretches: readonly Told[], quiet: Told): RivalAt[] {
  return quiet.rivals.map(({ name, border, sightings }) => {
    const kinds = stretches.flatMap(({ labelled, rivals }) => {
      const told = rivals.find((one) => one.name === name && one.border === border);
      return judge(labelled, told?.sightings ?? [], 'notice').kinds;
    });
    return {
      ...{ name, border, meanF1: mean(kinds.map(({ f1 }) => f1)), meanRecall: mean(kinds.map(({ recall }) => recall)) },
      kinds: kinds.map(({ kind, f1, delaySteps }) => ({
        kind,
        f1: Number(f1.toFixed(3)),
        delay_steps: delaySteps ?? null,
      })),
      noticesPer1000: (1000 * sightings.length) / quiet.seriesDays,
    };
  });
}

/** Each rival at its usual border, and at the narrowest that raises no more false alarms than `notices` (or the widest there is). */
export function chosenBorders(all: readonly RivalAt[], product: QuietResult) {
  const allowed = (1000 * product.notices) / product.seriesDays;
  return [...new Set(all.map(({ name }) => name))].map((name) => {
    const own = all.filter((one) => one.name === name);
    const usual = own.find(({ border }) => border === rivalBorders[0])!;
    return { name, usual, asQuiet: own.find(({ noticesPer1000 }) => noticesPer1000 <= allowed) ?? own.at(-1)! };
  });
}
