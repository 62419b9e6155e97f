import type { FaultLabel, Labelled } from '../label.ts';
import { createDraws, type Draws } from '../random-draws.ts';
import { createSeason, HOUR_MS, MINUTE_MS } from '../series/season.ts';
import { type LineFault, lineFaults, type Vocabulary } from './fault-kinds.ts';
import { lineKind, wordsOf } from './line-kinds.ts';
import { type LineChange, Writer } from './writer.ts';

export interface WritersPlan extends Labelled {
  readonly writers: readonly Writer[];
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
  const planned = lineFaults.flatMap((fault) =>
    Array.from({ length: writersPerKind }, (_, turn) =>
      planWriter(fault, { turn, faultsEach, judgedFromMs, draws: root.fork() }),
    ),
  );
  return {
    writers: planned.map(({ writer }) => writer),
    labels: planned.flatMap(({ labels }) => labels),
    kindOf: new Map(planned.map(({ writer, kind }) => [writer.spec.service, kind])),
    ...{ judgedFromMs, startMs: START_MS, endMs: judgedFromMs + faultsEach * BETWEEN_FAULTS_MS },
  };
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
  for (let number = 0; number < faultsEach; number++) {
    const slot = judgedFromMs + number * BETWEEN_FAULTS_MS;
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
