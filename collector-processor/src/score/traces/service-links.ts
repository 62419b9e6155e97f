import type { Series } from '../../model/anomaly.ts';
import type { ServiceEdge } from '../../model/service-graph.ts';
import type { ServiceLink } from '../../model/service-link.ts';
import type { SubjectIdentity, SubjectStore } from '../state/subject-store.ts';
import { EdgeCalls } from './edge-calls.ts';
import type { Taken } from './message-links.ts';

/** What a service does by itself. */
const OWN: ReadonlySet<Series['measure']> = new Set([
  ...(['self_time', 'silence', 'signal_loss', 'peer_outlier', 'peer_rate', 'peer_error_ratio'] as const),
]);

interface Link {
  readonly callerSerial: number;
  readonly calleeSerial: number;
  /** Subject of the edge under the name that the caller uses; negative or beyond all places without one. */
  edge: number;
  edgeSerial: number;
  bucket: number;
}

/** Calls whose both sides were seen lately: which service it is that a caller knows as an address or by another name. */
export class ServiceLinks {
  private readonly subjects: SubjectStore;
  private readonly maximum: number;
  /** By caller and callee in one number. */
  private readonly links = new Map<number, Link>();

  /** By edge to a broker and the service that takes from it. */
  private readonly deliveries = new Map<number, Link>();

  /** What goes over them, by the subject of the edge. */
  readonly calls: EdgeCalls;

  /** `nowMs` is wall-clock time. */
  constructor(subjects: SubjectStore, maximum: number, nowMs: () => number) {
    this.subjects = subjects;
    this.maximum = maximum;
    this.calls = new EdgeCalls(subjects, maximum, nowMs);
  }

  /**
   * Whether what is odd about a series may come from what its service calls: not what that takes itself, what sets one of its
   * instances apart, or that it is silent.
   */
  carriesOver(): (series: Series) => boolean {
    const callers = new Set<string>();
    for (const { tenant, environment, from } of this.all()) callers.add([tenant, environment, from].join('\n'));
    return ({ measure, tenant, environment, service }) =>
      !OWN.has(measure) && callers.has([tenant, environment, service].join('\n'));
  }

  get size(): number {
    return this.links.size;
  }

  /** A call; `caller` is the presence of its service, `callee` the subject of the called one. */
  seen(caller: number, callee: number, edge: number, bucket: number): void {
    const { serial } = this.subjects;
    const key = caller * this.subjects.capacity + callee;
    const known = this.links.get(key);
    if (known !== undefined && this.isSame(known, caller, callee)) {
      known.edge = edge;
      known.edgeSerial = serial[edge] ?? 0;
      if (known.bucket !== bucket) {
        // In the order in which they were last seen.
        known.bucket = bucket;
        this.links.delete(key);
        this.links.set(key, known);
      }
      return;
    }
    if (known === undefined && this.links.size >= this.maximum && !this.makeRoom(bucket)) return;
    const [callerSerial, calleeSerial] = [serial[caller] as number, serial[callee] as number];
    this.links.set(key, { callerSerial, calleeSerial, edge, edgeSerial: serial[edge] ?? 0, bucket });
  }

  /** A message that went over `edge` to a broker was taken by the service of `taker`. */
  delivered(edge: number, taker: number, bucket: number, { durationNs, failed }: Taken, weight: number): void {
    const { serial, capacity } = this.subjects;
    const key = edge * capacity + taker;
    if (!this.deliveries.has(key) && this.deliveries.size >= this.maximum) return;
    const [edgeSerial, calleeSerial] = [serial[edge] as number, serial[taker] as number];
    this.deliveries.set(key, { callerSerial: edgeSerial, calleeSerial, edge, edgeSerial, bucket });
    const delivery = this.calls.deliveryOf(edge, taker);
    this.calls.called(delivery, durationNs, failed, weight);
    this.calls.served(delivery, durationNs, weight);
  }

  /** The same with what goes over them, of those that were called of late. */
  *edges(): Generator<ServiceEdge> {
    for (const { edge, ...link } of this.#walk()) {
      const figures = this.calls.figuresOf(edge);
      if (figures !== undefined) yield { ...link, ...figures };
    }
  }

  /** Links between services, and from services to what only they see. */
  *all(): Generator<ServiceLink> {
    for (const { tenant, environment, from, to, remote } of this.#walk())
      yield { tenant, environment, from, to, remote };
  }

  *#walk(): Generator<ServiceLink & { readonly edge: number }> {
    const resolved = new Set<number>();
    for (const [key, link] of this.links) {
      const { capacity } = this.subjects;
      const [caller, callee] = [Math.floor(key / capacity), key % capacity];
      const [from, to] = [this.subjects.identityOf(caller), this.subjects.identityOf(callee)];
      if (!this.isSame(link, caller, callee) || from === undefined || to === undefined) continue;
      const isSameEdge = this.subjects.serial[link.edge] === link.edgeSerial;
      // Its place may be that of another one by now.
      const edge = isSameEdge ? link.edge : -1;
      resolved.add(edge);
      yield { ...placeOf(from), from: from.service, to: to.service, remote: false, edge };
    }
    for (const [key, link] of this.deliveries) {
      const [edge, taker] = [link.edge, key % this.subjects.capacity];
      const [sent, to] = [this.subjects.identityOf(edge), this.subjects.identityOf(taker)];
      if (!this.isSame(link, edge, taker)) this.deliveries.delete(key);
      else if (sent?.peer !== undefined && to !== undefined && sent.peer !== to.service) {
        const delivery = this.calls.deliveryOf(edge, taker);
        yield { ...placeOf(to), from: sent.peer, to: to.service, remote: false, edge: delivery };
      }
    }
    for (const { subject, identity } of this.subjects.edges()) {
      if (resolved.has(subject)) continue;
      yield { ...placeOf(identity), from: identity.service, to: identity.peer ?? '', remote: true, edge: subject };
    }
  }

  private isSame({ callerSerial, calleeSerial }: Link, caller: number, callee: number): boolean {
    const { serial } = this.subjects;
    return serial[caller] === callerSerial && serial[callee] === calleeSerial;
  }

  /** Forgets what was not seen for the longest, unless that is now. */
  private makeRoom(bucket: number): boolean {
    for (const [key, link] of this.links) return link.bucket < bucket && this.links.delete(key);
    return true;
  }
}

function placeOf({ tenant, environment }: SubjectIdentity) {
  return { tenant, environment };
}
