import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { EventSeries } from '../event-series.ts';
import type { Source } from '../sources.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import type { Fleet, Instance } from './fleet.ts';
import { PeerLearning } from './peer-learning.ts';
import { PeerTable } from './peer-table.ts';
import { PeerWatch } from './peer-watch.ts';

export interface PeerOptions {
  /** Instances of a service that are needed for a verdict; 0: instances are not compared. */
  readonly minimum: number;
  /** Times as much as the peers, or as little, that matters. */
  readonly ratio: number;
  /** Instances of all services that are known. */
  readonly maxInstances: number;
  /** Series of instances that are compared. */
  readonly maxCompared: number;
}

export interface PeersParts {
  readonly options: {
    readonly peers: PeerOptions;
    readonly minEvents: number;
    readonly minFailures: number;
    readonly learningSteps: number;
    readonly newNormalAfter: number;
    readonly bucket: number;
  };
  readonly fleet: Fleet;
  readonly subjects: SubjectStore;
  readonly metrics: SelfMetrics;
}

/** What intakes add up of instances that have peers; it costs the others nothing. */
export class Peers {
  readonly table: PeerTable;
  readonly learning: PeerLearning;
  private readonly parts: PeersParts;
  private readonly minimum: number;

  constructor(parts: PeersParts) {
    this.parts = parts;
    const { options, subjects, metrics } = parts;
    const { minimum, maxCompared } = options.peers;
    this.minimum = minimum === 0 ? Infinity : minimum;
    this.table = new PeerTable({ maxCompared: minimum === 0 ? 0 : maxCompared, subjects, metrics });
    this.learning = new PeerLearning(subjects.capacity, this.table, options);
  }

  watch(events: EventSeries): PeerWatch {
    const { options, subjects } = this.parts;
    const { table, learning } = this;
    const limits = { ...options, ...options.peers };
    return new PeerWatch({ options: limits, subjects, events, table, learning, bucketMs: options.bucket });
  }

  /** Undefined where there is nobody to compare it with. */
  instanceOf(source: Source): Instance | undefined {
    const instance = this.parts.fleet.known(source);
    return instance !== undefined && instance.group.instances.size >= this.minimum ? instance : undefined;
  }

  /** A point: what it adds, in how many seconds, and the sum of what a histogram observed. */
  point(instance: Instance, subject: number, total: number, seconds: number, sum: number): void {
    const place = this.table.place(subject, instance);
    if (place >= 0) this.table.count(place, total, seconds, sum);
  }

  call(instance: Instance, subject: number, durationNs: number, isFailed: boolean): void {
    const place = this.table.place(subject, instance);
    if (place < 0) return;
    this.table.count(place, 1, 0, Math.log(Math.max(1, durationNs)));
    if (isFailed) this.table.fail(place);
  }
}
