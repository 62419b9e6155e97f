import type { Seen } from '../metrics/stream.ts';
import type { ReadingPlace } from '../reading.ts';
import { MINUTE_MS } from '../series/season.ts';
import type { Sighting } from '../sighting.ts';
import { promqlBands } from './promql-bands.ts';
import type { Rival, RivalSeries } from './rival.ts';
import { seasonalQuantile } from './seasonal-quantile.ts';
import { threeSigma } from './three-sigma.ts';

/** Borders that are tried, in half widths of the band; 1 is the usual one, the others show what a wider band would give. */
export const rivalBorders = [1, 1.5, 2, 3, 5, 8] as const;

const rivals: readonly Rival[] = [threeSigma, promqlBands, seasonalQuantile];
/** Steps inside the band after which an alarm is over. */
const QUIET_STEPS = 5;
/** Minutes without data that make a silence, as `absent_over_time(x[5m])` does. */
const SILENT_STEPS = 5;

interface Watched {
  readonly place: Omit<ReadingPlace, 'timeMs'>;
  readonly measure: string;
  readonly series: readonly RivalSeries[];
  /** Steps since the last value outside, by rival and border. */
  readonly calm: Uint8Array;
  absent: number;
}

/** Runs every rival on every reading; an alarm is a stretch outside of the band, told when it begins. */
export class RivalWatch {
  private readonly watched = new Map<string, Watched>();
  private readonly told = rivals.map(() => rivalBorders.map((): Sighting[] => []));
  seriesSteps = 0;

  take(place: ReadingPlace, seen: Seen | undefined): void {
    if (place.form !== 'latency') {
      this.value(place, place.form === 'count' ? 'rate' : 'value', seen?.value);
      return;
    }
    this.value(place, 'mean', seen?.value);
    this.value(place, 'rate', seen?.requests);
  }

  /** One reading of one measure; undefined: none. */
  value(place: ReadingPlace, measure: string, value: number | undefined, stepMs = MINUTE_MS): void {
    const one = this.of(place, measure);
    if (value === undefined) {
      if (one !== undefined && ++one.absent === SILENT_STEPS) this.tellAll(one, place.timeMs);
      return;
    }
    const watched = one ?? this.add(place, measure, stepMs);
    watched.absent = 0;
    this.seriesSteps++;
    for (let rival = 0; rival < rivals.length; rival++) {
      this.judge(watched, rival, watched.series[rival]!.step(place.timeMs, value), place.timeMs);
    }
  }

  private judge(watched: Watched, rival: number, score: number, timeMs: number): void {
    const size = Math.abs(score);
    for (let border = 0; border < rivalBorders.length; border++) {
      const at = rival * rivalBorders.length + border;
      const calm = watched.calm[at] as number;
      if (size > (rivalBorders[border] as number)) {
        if (calm >= QUIET_STEPS) this.tell(rival, border, sightingOf(watched, score > 0 ? 'up' : 'down', timeMs));
        watched.calm[at] = 0;
      } else if (calm < QUIET_STEPS) watched.calm[at] = calm + 1;
    }
  }

  results(): { readonly name: string; readonly border: number; readonly sightings: readonly Sighting[] }[] {
    return rivals.flatMap(({ name }, rival) =>
      rivalBorders.map((border, number) => ({ name, border, sightings: this.told[rival]![number]! })),
    );
  }

  private of({ service, where }: ReadingPlace, measure: string): Watched | undefined {
    return this.watched.get(`${service}\n${where}\n${measure}`);
  }

  private add(place: ReadingPlace, measure: string, stepMs: number): Watched {
    const { service, where, form } = place;
    const calm = new Uint8Array(rivals.length * rivalBorders.length).fill(QUIET_STEPS);
    const made = {
      place: { service, where, form },
      measure,
      series: rivals.map((rival) => rival.create(stepMs)),
      calm,
      absent: 0,
    };
    this.watched.set(`${service}\n${where}\n${measure}`, made);
    return made;
  }

  private tellAll(watched: Watched, timeMs: number): void {
    const silence = { ...sightingOf(watched, 'down', timeMs), measure: 'silence' };
    for (const borders of this.told) for (const sightings of borders) sightings.push(silence);
  }

  private tell(rival: number, border: number, sighting: Sighting): void {
    this.told[rival]![border]!.push(sighting);
  }
}

function sightingOf({ place, measure }: Watched, direction: 'up' | 'down', timeMs: number): Sighting {
  const { service, where } = place;
  // A rule is evaluated when the minute is over, just before the next.
  const raisedMs = timeMs - 1;
  return { service, where, measure, peer: '', severity: '', direction, raisedMs, pagedMs: undefined, sentence: '' };
}
