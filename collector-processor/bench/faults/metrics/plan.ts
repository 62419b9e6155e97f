import type { Labelled } from '../label.ts';
import { createDraws, type Draws } from '../random-draws.ts';
import { countKinds } from '../series/counts.ts';
import { gauges } from '../series/gauges.ts';
import type { SeriesModel } from '../series/model.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../series/season.ts';
import { befall, draft, type Hit, type Model, specOf } from './draft.ts';
import { type FaultKind, faultKinds } from './fault-kinds.ts';
import { type FaultDays, type Planned, serviceKinds } from './service-kinds.ts';
import { Service } from './service.ts';

export interface FleetPlan extends Labelled {
  readonly services: readonly Service[];
  readonly startMs: number;
  readonly endMs: number;
}

export interface PlanSize {
  readonly servicesPerKind: number;
  readonly warmDays: number;
  readonly seed: number;
}

/** A Monday. */
const START_MS = Date.UTC(2026, 2, 2);
const FAULT_DAYS = 2;
const companions: readonly Model[] = [...Object.values(gauges), ...Object.values(countKinds)];

/** Services of every kind of fault: days in which all is well, then a fault a day. */
export function planFaults({ servicesPerKind, warmDays, seed }: PlanSize): FleetPlan {
  const root = createDraws(seed);
  const days: FaultDays = { startMs: START_MS, warmDays, faultDays: FAULT_DAYS };
  const turns = Array.from({ length: servicesPerKind }, (_, turn) => turn);
  const planned: Planned[] = [
    ...faultKinds.flatMap((kind) => turns.map((turn) => planSeries(kind, { ...days, turn, draws: root.fork() }))),
    ...serviceKinds.flatMap((make, number) =>
      turns.map((turn) => make({ ...days, turn, draws: root.fork(), name: `whole-${number}-${turn}` })),
    ),
  ];
  return {
    services: planned.map(({ spec }) => new Service(spec, root.fork(), START_MS)),
    labels: planned.flatMap((one) => one.draft.labels),
    kindOf: new Map(planned.map((one) => [one.draft.name, one.draft.kind])),
    judgedFromMs: START_MS + warmDays * DAY_MS,
    startMs: START_MS,
    endMs: START_MS + (warmDays + FAULT_DAYS) * DAY_MS,
  };
}

interface Turn extends FaultDays {
  readonly turn: number;
  readonly draws: Draws;
}

function planSeries(kind: FaultKind, { draws, turn, startMs, warmDays, faultDays }: Turn): Planned {
  const count = kind.series ?? 1;
  const befallen = Array.from({ length: count }, (_, next) => suitable(kind, { draws, turn: turn + next }));
  const models = [...befallen, companions[(turn * 7) % companions.length]!(draws)];
  const planned = draft(`${kind.kind}-${turn}`, kind.kind, { draws, models });
  for (let day = 0; day < faultDays; day++) {
    const magnitude = kind.magnitudes[(turn + day) % kind.magnitudes.length]!;
    const latestHour = 22 - kind.lengthMs / HOUR_MS;
    const at = Math.floor((draws.between(1, latestHour) * HOUR_MS) / MINUTE_MS) * MINUTE_MS;
    const from = startMs + (warmDays + day) * DAY_MS + at;
    const hits = befallen.map((model, stream) => ({
      stream,
      ...kind.inject({ draws, model, magnitude, startMs: from, offsetMs: planned.offsetMs }),
    }));
    const { unit, isSilence = false } = kind;
    befall(planned, { magnitude, unit, hits: hits as [Hit, ...Hit[]], isSilence });
  }
  return { draft: planned, spec: specOf(planned) };
}

/** A model that the kind of fault suits; seasonal faults want a season that can be seen. */
function suitable(kind: FaultKind, { draws, turn }: { draws: Draws; turn: number }): SeriesModel {
  for (;;) {
    const model = kind.models[turn % kind.models.length]!(draws);
    if (kind.suits?.(model) !== false) return model;
  }
}

/** Services in which nothing is wrong but what is usual: a release a week, other time zones. */
export function planQuiet({
  services,
  seriesEach,
  days,
  seed,
}: {
  services: number;
  seriesEach: number;
  days: number;
  seed: number;
}): FleetPlan {
  const root = createDraws(seed);
  const drafts = Array.from({ length: services }, (_, number) => {
    const draws = root.fork();
    const models = Array.from({ length: seriesEach }, (__, one) =>
      companions[(number * seriesEach + one) % companions.length]!(draws),
    );
    return draft(`quiet-${number}`, 'quiet', { draws, models });
  });
  const made = drafts.map((one) => {
    const firstMs = START_MS + one.draws.between(1, 6) * DAY_MS;
    const deploysMs = Array.from({ length: Math.ceil(days / 7) }, (_, week) => firstMs + week * 7 * DAY_MS);
    return new Service(specOf(one, { deploysMs }), one.draws.fork(), START_MS);
  });
  return {
    ...{ services: made, labels: [], kindOf: new Map(drafts.map(({ name, kind }) => [name, kind])) },
    ...{ judgedFromMs: START_MS, startMs: START_MS, endMs: START_MS + days * DAY_MS },
  };
}
