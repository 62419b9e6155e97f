import type { FaultLabel, Labelled } from './label.ts';
import type { Sighting } from './sighting.ts';

/**
 * Events against findings. A fault is found by a finding that is raised inside [start, end + 5 steps] on its series and in its
 * direction; the earliest counts, others on the same fault are neither hits nor false. Every other finding on a service of the
 * kind is false, unless a label says that the fault truly reaches that series.
 */
export interface KindResult {
  readonly kind: string;
  readonly f1: number;
  readonly recall: number;
  readonly precision: number;
  readonly events: number;
  readonly found: number;
  readonly falseFindings: number;
  /** Median number of steps from the start of a fault to the finding, those found only; 1 is the first step. */
  readonly delaySteps: number | undefined;
  readonly curve: readonly {
    readonly magnitude: number;
    readonly unit: string;
    readonly found: number;
    readonly events: number;
  }[];
}

const TOLERANCE_STEPS = 5;

export type Border = 'notice' | 'page';

function momentOf({ raisedMs, pagedMs }: Sighting, border: Border): number | undefined {
  return border === 'notice' ? raisedMs : pagedMs;
}

function isDuring({ startMs, endMs, stepMs }: FaultLabel, atMs: number): boolean {
  return atMs >= startMs && atMs <= endMs + TOLERANCE_STEPS * stepMs;
}

export interface Judged {
  readonly kinds: readonly KindResult[];
  /** Findings that no label explains. */
  readonly falseOnes: readonly Sighting[];
  readonly missed: readonly FaultLabel[];
}

export function judge(
  { labels, kindOf, judgedFromMs }: Labelled,
  sightings: readonly Sighting[],
  border: Border,
): Judged {
  const delays = new Map<FaultLabel, number>();
  const falseOnes: Sighting[] = [];
  for (const sighting of sightings) {
    const atMs = momentOf(sighting, border);
    if (atMs === undefined || atMs < judgedFromMs) continue;
    const current = labels.filter((label) => isDuring(label, atMs));
    const found = current.filter((label) => label.isFound(sighting));
    for (const label of found) {
      const steps = Math.max(1, Math.ceil((atMs - label.startMs) / label.stepMs));
      delays.set(label, Math.min(steps, delays.get(label) ?? Infinity));
    }
    if (found.length === 0 && !current.some((label) => label.reaches?.(sighting))) falseOnes.push(sighting);
  }
  const kinds = [...new Set(kindOf.values())].map((kind) => {
    const own = labels.filter((label) => label.kind === kind);
    const wrong = falseOnes.filter(({ service }) => kindOf.get(service) === kind).length;
    return resultOf(kind, { labels: own, delays, wrong });
  });
  return { kinds, falseOnes, missed: labels.filter((label) => !delays.has(label)) };
}

interface Tallied {
  readonly labels: readonly FaultLabel[];
  readonly delays: ReadonlyMap<FaultLabel, number>;
  readonly wrong: number;
}

function resultOf(kind: string, { labels, delays, wrong }: Tallied): KindResult {
  const steps = labels.flatMap((label) => delays.get(label) ?? []).toSorted((a, b) => a - b);
  const found = steps.length;
  const missed = labels.length - found;
  const byMagnitude = Map.groupBy(labels, ({ magnitude }) => magnitude);
  return {
    ...{ kind, events: labels.length, found, falseFindings: wrong },
    f1: (2 * found) / Math.max(1, 2 * found + wrong + missed),
    recall: found / Math.max(1, labels.length),
    precision: found / Math.max(1, found + wrong),
    delaySteps: steps[Math.floor(steps.length / 2)],
    curve: [...byMagnitude]
      .map(([magnitude, same]) => ({
        ...{ magnitude, unit: same[0]?.unit ?? '', events: same.length },
        found: same.filter((label) => delays.has(label)).length,
      }))
      .toSorted((a, b) => a.magnitude - b.magnitude),
  };
}
