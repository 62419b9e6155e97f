import { type Wire } from '../model/export-request.ts';
import { type Signal, signals } from '../model/signal.ts';
import { type Counter, type SelfMetrics } from '../runtime/self-metrics.ts';
import { type RefusalKind, refusalKinds } from './refusal.ts';

/** Counters of one signal on one wire, held by the hot path. */
export interface IntakeCounters {
  readonly requests: Counter;
  /** Bytes as received. */
  readonly bodyBytes: Counter;
  /** Bytes after decompression. */
  readonly payloadBytes: Counter;
}

export interface ReceiverMetrics {
  intake(wire: Wire, signal: Signal): IntakeCounters;
  refused(wire: Wire, signal: Signal | 'none', reason: RefusalKind): void;
  /** The sender went away, or its deadline passed, before it had its answer. */
  abandoned(wire: Wire, reason: 'disconnect' | 'deadline'): void;
  connectionClosed(wire: Wire, reason: ConnectionEnd): void;
  gauge(name: string, help: string, read: () => number): void;
  connections(wire: Wire, read: () => number): void;
}

const connectionEnds = {
  grpc: ['over_limit', 'tls', 'no_handshake', 'no_ping', 'idle', 'flood', 'protocol'],
  http: ['over_limit', 'tls', 'slow_headers', 'large_headers', 'idle', 'protocol'],
} as const satisfies Readonly<Record<Wire, readonly string[]>>;
/** Why a connection was ended by us. */
export type ConnectionEnd = (typeof connectionEnds)[Wire][number];

const wires = ['grpc', 'http'] as const satisfies readonly Wire[];
const abandonments = ['disconnect', 'deadline'] as const;

export function createReceiverMetrics(metrics: SelfMetrics): ReceiverMetrics {
  function refusals(wire: Wire, signal: Signal | 'none', reason: RefusalKind): Counter {
    const labels = { wire, signal, reason };
    return metrics.counter({ name: 'sentinel_receiver_refused_total', help: 'Requests refused, by reason.', labels });
  }

  function abandonmentsOf(wire: Wire, reason: (typeof abandonments)[number]): Counter {
    const help = 'Requests whose sender went away or whose deadline passed before the answer.';
    return metrics.counter({ name: 'sentinel_receiver_abandoned_total', help, labels: { wire, reason } });
  }

  function connectionEndsOf(wire: Wire, reason: ConnectionEnd): Counter {
    const help = 'Connections ended by the receiver, by reason.';
    return metrics.counter({ name: 'sentinel_receiver_connections_closed_total', help, labels: { wire, reason } });
  }

  // All of them exist from the start: a rate over a counter that begins with 1 does not see the first event.
  for (const wire of wires) {
    for (const reason of refusalKinds)
      for (const signal of [...signals, 'none'] as const) refusals(wire, signal, reason);
    for (const reason of abandonments) abandonmentsOf(wire, reason);
    for (const reason of connectionEnds[wire]) connectionEndsOf(wire, reason);
  }

  return {
    intake(wire, signal) {
      const labels = { wire, signal };
      return {
        requests: metrics.counter({
          name: 'sentinel_receiver_requests_total',
          help: 'Export requests with a whole body.',
          labels,
        }),
        bodyBytes: metrics.counter({
          name: 'sentinel_receiver_body_bytes_total',
          help: 'Bytes of bodies as received.',
          labels,
        }),
        payloadBytes: metrics.counter({
          name: 'sentinel_receiver_payload_bytes_total',
          help: 'Bytes of bodies after decompression.',
          labels,
        }),
      };
    },
    refused(wire, signal, reason) {
      refusals(wire, signal, reason).add(1);
    },
    abandoned(wire, reason) {
      abandonmentsOf(wire, reason).add(1);
    },
    connectionClosed(wire, reason) {
      connectionEndsOf(wire, reason).add(1);
    },
    gauge(name, help, read) {
      metrics.gauge({ name, help }, read);
    },
    connections(wire, read) {
      metrics.gauge({ name: 'sentinel_receiver_connections', help: 'Open connections.', labels: { wire } }, read);
    },
  };
}
