import type { FaultLabel, Labelled } from '../label.ts';
import { createDraws, type Draws } from '../random-draws.ts';
import { createSeason, HOUR_MS, MINUTE_MS } from '../series/season.ts';
import { type LineFault, lineFaults, type Vocabulary } from './fault-kinds.ts';
import { lineKind, wordsOf } from './line-kinds.ts';
import { requestKinds } from './request-plan.ts';
import { type LineChange, type LineSource, Writer } from './writer.ts';

export interface WritersPlan extends Labelled {
  readonly writers: readonly LineSource[];
  readonly startMs: number;
  readonly endMs: number;
}

export interface WritersSize {
  readonly writersPerKind: number;
  readonly warmHours: number;
  readonly faultsEach: number;
  readonly seed: number;
}

/** A Tuesday. */
const START_MS = Date.UTC(2026, 2, 3);
const BETWEEN_FAULTS_MS = 2 * HOUR_MS;
const STEP_MS = 10_000;
const STARTING_MS = 15_000;

/** Services of every kind of fault in their logs: hours in which all is well, then a fault every two hours. */
export function planWriters({ writersPerKind, warmHours, faultsEach, seed }: WritersSize): WritersPlan {
  const root = createDraws(seed);
  const judgedFromMs = START_MS + warmHours * HOUR_MS;
  const turns = Array.from({ length: writersPerKind }, (_, turn) => turn);
  const slots = { slotsMs: slotsFrom(judgedFromMs, faultsEach), slotMs: BETWEEN_FAULTS_MS, stepMs: STEP_MS };
  const planned = [
    ...lineFaults.flatMap((fault) =>
      turns.map((turn) => planWriter(fault, { turn, faultsEach, judgedFromMs, draws: root.fork() })),
    ),
    ...requestKinds.flatMap(({ plan }) => turns.map((turn) => plan({ ...slots, turn, draws: root.fork() }))),
  ];
  return {
    writers: planned.map(({ writer }) => writer),
    labels: planned.flatMap(({ labels }) => labels),
    kindOf: new Map(planned.map(({ writer, kind }) => [writer.spec.service, kind])),
    ...{ judgedFromMs, startMs: START_MS, endMs: judgedFromMs + faultsEach * BETWEEN_FAULTS_MS },
  };
}

function slotsFrom(startMs: number, count: number): number[] {
  return Array.from({ length: count }, (_, number) => startMs + number * BETWEEN_FAULTS_MS);
}

interface Turn {
  readonly turn: number;
  readonly faultsEach: number;
  readonly judgedFromMs: number;
  readonly draws: Draws;
}

function planWriter(fault: LineFault, { turn, faultsEach, judgedFromMs, draws }: Turn) {
  const service = `${fault.kind}-${turn}`;
  const words = wordsOf(draws);
  const many = (count: number, severity: 'INFO' | 'WARN' | 'ERROR', [low, high]: readonly [number, number]) =>
    Array.from({ length: count }, () =>
      lineKind(draws, severity, { words: words(), perSecond: draws.logBetween(low, high) }),
    );
  const usual: Vocabulary = {
    info: many(10, 'INFO', [0.02, 0.3]),
    warn: many(2, 'WARN', [0.002, 0.02]),
    error: many(2, 'ERROR', [0.001, 0.005]),
    fresh: (severity) => lineKind(draws, severity, { words: words(), perSecond: 0 }),
  };
  const changes: LineChange[] = [];
  const deploysMs: number[] = [];
  const labels: FaultLabel[] = [];
  for (const [number, slot] of slotsFrom(judgedFromMs, faultsEach).entries()) {
    const startMs = slot + Math.floor(draws.between(10, 110 - fault.lengthMs / MINUTE_MS)) * MINUTE_MS;
    const range = { startMs, endMs: startMs + fault.lengthMs };
    const magnitude = fault.magnitudes[(turn + number) % fault.magnitudes.length]!;
    if (fault.withReleases === true) {
      deploysMs.push(startMs);
      changes.push({ kind: usual.fresh('INFO'), startMs, endMs: startMs + STARTING_MS, perSecond: 1 });
      changes.push({ kind: usual.fresh('INFO'), startMs, endMs: Infinity, perSecond: 0.05 });
      // Every second release is a good one.
      if (number % 2 === 1) continue;
    }
    const { change, isFound, reaches } = fault.put(usual, { magnitude, draws });
    changes.push(...change.map((one) => ({ ...one, ...range })));
    labels.push({
      ...{ kind: fault.kind, magnitude, unit: fault.unit, service, ...range, stepMs: STEP_MS },
      isFound: (sighting) => sighting.service === service && isFound(sighting),
      reaches: (sighting) => sighting.service === service && reaches(sighting),
    });
  }
  const kinds = [...usual.info, ...usual.warn, ...usual.error];
  const season = createSeason(draws, fault.swing);
  const spec = { service, kinds, changes, season, offsetMs: (draws.below(18) - 8) * HOUR_MS, deploysMs };
  return { kind: fault.kind, labels, writer: new Writer(spec, draws.fork()) };
}
