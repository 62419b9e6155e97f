import type { Anomaly, AnomalyEvent, Direction } from '../../src/model/anomaly.ts';

/** A finding as far as it is compared with labels; rivals make the same. */
export interface Sighting {
  readonly service: string;
  /** Metric, operation or log template; empty for a service as a whole. */
  readonly where: string;
  readonly measure: string;
  readonly peer: string;
  readonly severity: string;
  readonly direction: Direction;
  /** When it was raised, event time. */
  readonly raisedMs: number;
  /** When it crossed the page border. */
  readonly pagedMs: number | undefined;
  readonly sentence: string;
}

/** Gathers findings as they are told; `pagedMs` is when one first stood at the page border. */
export function createSightings(nowMs: () => number) {
  const byId = new Map<string, Sighting>();
  return {
    onAnomaly({ anomaly }: AnomalyEvent): void {
      const before = byId.get(anomaly.id) ?? { ...sightingOf(anomaly), raisedMs: nowMs(), pagedMs: undefined };
      const pagedMs = before.pagedMs ?? (anomaly.border === 'page' ? nowMs() : undefined);
      byId.set(anomaly.id, { ...before, pagedMs });
    },
    all: (): Sighting[] => [...byId.values()],
  };
}

function sightingOf({ series, direction, sentence }: Anomaly): Omit<Sighting, 'raisedMs' | 'pagedMs'> {
  const { service, measure, peer = '', severity = '' } = series;
  const where = series.metric ?? series.template ?? series.operation ?? '';
  return { service, where, measure, peer, severity, direction, sentence };
}
