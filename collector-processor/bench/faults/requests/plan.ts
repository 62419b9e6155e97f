import type { FaultLabel, Labelled } from '../label.ts';
import { createDraws, type Draws } from '../random-draws.ts';
import { createSeason, HOUR_MS, MINUTE_MS } from '../series/season.ts';
import type { Sighting } from '../sighting.ts';
import { type AilmentKind, ailmentKinds } from './ailment-kinds.ts';
import { servicesOf, Shop } from './shop.ts';

export interface ShopsPlan extends Labelled {
  readonly shops: readonly Shop[];
  readonly startMs: number;
  readonly endMs: number;
}

export interface ShopsSize {
  readonly shopsPerKind: number;
  readonly warmHours: number;
  readonly faultsEach: number;
  readonly seed: number;
}

/** A Tuesday. */
const START_MS = Date.UTC(2026, 2, 3);
const BETWEEN_FAULTS_MS = 2 * HOUR_MS;
/** Step in which calls are scored. */
const STEP_MS = 10_000;

/** Shops of every kind of fault: hours in which all is well, then a fault every two hours. */
export function planShops({ shopsPerKind, warmHours, faultsEach, seed }: ShopsSize): ShopsPlan {
  const root = createDraws(seed);
  const judgedFromMs = START_MS + warmHours * HOUR_MS;
  const planned = ailmentKinds.flatMap((kind) =>
    Array.from({ length: shopsPerKind }, (_, turn) =>
      planShop(kind, { turn, faultsEach, judgedFromMs, draws: root.fork() }),
    ),
  );
  const kindOf = planned.flatMap(({ shop, kind }) =>
    Object.values(servicesOf(shop.spec.name)).map((service) => [service, kind] as const),
  );
  return {
    shops: planned.map(({ shop }) => shop),
    labels: planned.flatMap(({ labels }) => labels),
    kindOf: new Map(kindOf),
    ...{ judgedFromMs, startMs: START_MS, endMs: judgedFromMs + faultsEach * BETWEEN_FAULTS_MS },
  };
}

interface Turn {
  readonly turn: number;
  readonly faultsEach: number;
  readonly judgedFromMs: number;
  readonly draws: Draws;
}

function planShop(kind: AilmentKind, { turn, faultsEach, judgedFromMs, draws }: Turn) {
  const name = `${kind.kind}-${turn}`;
  const faults = Array.from({ length: faultsEach }, (_, number) => {
    const slot = judgedFromMs + number * BETWEEN_FAULTS_MS;
    const startMs = slot + Math.floor(draws.between(10, 110 - kind.lengthMs / MINUTE_MS)) * MINUTE_MS;
    const magnitude = kind.magnitudes[(turn + number) % kind.magnitudes.length]!;
    return { magnitude, ailment: { startMs, endMs: startMs + kind.lengthMs, health: kind.health(magnitude) } };
  });
  // Every second release is a good one.
  const isIll = (number: number): boolean => kind.withReleases === undefined || number % 2 === 0;
  const deploysMs = kind.withReleases === undefined ? [] : faults.map(({ ailment }) => ailment.startMs);
  const ill = faults.filter((_fault, number) => isIll(number));
  const spec = {
    ...{ name, perSecond: draws.logBetween(...kind.perSecond), season: createSeason(draws, kind.swing) },
    ...{ offsetMs: (draws.below(18) - 8) * HOUR_MS, ailments: ill.map(({ ailment }) => ailment), deploysMs },
  };
  return {
    kind: kind.kind,
    shop: new Shop(spec, draws.fork()),
    labels: ill.map((fault) => labelOf(kind, name, fault)),
  };
}

function labelOf(
  kind: AilmentKind,
  shop: string,
  { magnitude, ailment }: { magnitude: number; ailment: { startMs: number; endMs: number } },
): FaultLabel {
  const names = servicesOf(shop);
  const own = new Set(Object.values(names));
  const { startMs, endMs } = ailment;
  const isFound = (sighting: Sighting): boolean =>
    own.has(sighting.service) && kind.isFound(sighting, magnitude, names);
  return {
    ...{ kind: kind.kind, magnitude, unit: kind.unit, service: names.api, startMs, endMs, stepMs: STEP_MS, isFound },
    // Who waits for it is slower too, and who asks it sees its errors.
    reaches: ({ service }) => own.has(service),
  };
}
