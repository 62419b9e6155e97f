import type { Series } from '../../model/anomaly.ts';
import { serviceOf } from '../presence/service-signals.ts';
import { binomialTail } from './binomial.ts';
import type { Fleet, Group, Instance, Place } from './fleet.ts';
import { isOfInstance } from './peer-sentence.ts';

/** How many services at a place are odd, and elsewhere in its tenant. */
export interface Census {
  readonly place: Place;
  readonly odd: number;
  readonly here: number;
  readonly oddElsewhere: number;
  readonly elsewhere: number;
  /** That so many are odd by chance. */
  readonly chance: number;
}

/** A service is at a place when so many of its instances are: where half of them are slow, the service is. */
const ENOUGH = 1 / 2;
/** What is expected of a service before anything is known, and how many services that is worth. */
const USUALLY_ODD = 0.02;
const WORTH = 4;
/** Without others there is nothing to tell a place from what its services do to each other. */
const LEAST_ELSEWHERE = 3;

/** The places that an odd series speaks of: where its instance is, or half of the instances of its service. */
export function placesOf(fleet: Fleet, series: Series): readonly Place[] {
  const group = fleet.groupOf(serviceOf(series));
  if (group === undefined) return [];
  if (!isOfInstance(series)) return commonPlacesOf(group);
  const names = new Set(Object.values(series.attributes));
  return [...group.instances].find(({ name }) => names.has(name))?.places ?? [];
}

/** `odd`: services that turned odd, by their key, and the places that they speak of. */
export function census(
  fleet: Fleet,
  place: Place,
  odd: ReadonlyMap<string, ReadonlySet<string>>,
  minimumPeers: number,
): Census | undefined {
  let [here, oddHere, elsewhere, oddElsewhere] = [0, 0, 0, 0];
  for (const group of fleet.all()) {
    if (group.tenant !== place.tenant) continue;
    const speaksOf = odd.get(group.key);
    if (speaksOf?.has(place.key) === true) {
      here++;
      oddHere++;
    } else if (wouldTell(group, place, minimumPeers)) here++;
    else {
      elsewhere++;
      if (speaksOf !== undefined) oddElsewhere++;
    }
  }
  if (elsewhere < LEAST_ELSEWHERE) return undefined;
  const expected = (oddElsewhere + WORTH * USUALLY_ODD) / (elsewhere + WORTH);
  return { place, odd: oddHere, here, oddElsewhere, elsewhere, chance: binomialTail(oddHere, here, expected) };
}

/** Whether something odd at the place would be seen in the service: it is there, or an instance with enough peers is. */
function wouldTell(group: Group, place: Place, minimumPeers: number): boolean {
  const there = countAt(group, place);
  return there >= ENOUGH * group.instances.size || (there > 0 && group.instances.size >= minimumPeers);
}

function countAt({ instances }: Group, { key }: Place): number {
  let count = 0;
  for (const instance of instances) if (isAt(instance, key)) count++;
  return count;
}

function isAt({ places }: Instance, key: string): boolean {
  return places.some((place) => place.key === key);
}

function commonPlacesOf(group: Group): readonly Place[] {
  const all = new Map<string, Place>();
  for (const { places } of group.instances) for (const place of places) all.set(place.key, place);
  return [...all.values()].filter((place) => countAt(group, place) >= ENOUGH * group.instances.size);
}
