import { setImmediate as nextTurn } from 'node:timers/promises';
import { encodeMessage } from '../../model/otlp/encode.ts';
import type { Plain } from '../../model/otlp/plain-message.ts';
import { type EdgeMetric, serviceGraphMetrics } from '../../model/service-graph-metrics.ts';
import type { ServiceEdge } from '../../model/service-graph.ts';
import type { Signal } from '../../model/signal.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Service } from '../../runtime/lifecycle.ts';
import { nanosOf } from './nanos.ts';

const CUMULATIVE = 2;
/** Edges of one request, and between two turns of the event loop: some milliseconds of work. */
const TOGETHER = 40;

export interface GraphFeedOptions {
  readonly enabled: boolean;
  readonly interval: number;
  readonly maxEdges: number;
}

interface GraphFeedParts {
  readonly options: GraphFeedOptions;
  readonly edges: () => Iterable<ServiceEdge>;
  /** Whether this process publishes, and not another one on the same store. */
  readonly isActive: () => boolean;
  readonly send: (signal: Signal, protobuf: Uint8Array, tenant: string) => void;
  readonly clock: Clock;
}

/** Sends the edges of the service graph as metrics in Tempo's shape, each tenant's to its own place. */
export function createGraphFeed({ options, edges, isActive, send, clock }: GraphFeedParts): Service {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function tell(): Promise<void> {
    const byTenant = Map.groupBy([...edges()].slice(0, options.maxEdges), ({ tenant }) => tenant);
    for (const [tenant, all] of byTenant) {
      for (let from = 0; from < all.length; from += TOGETHER) {
        if (from > 0) await nextTurn();
        if (stopping.signal.aborted) return;
        send('metrics', graphRequest(all.slice(from, from + TOGETHER), clock.nowMs()), tenant);
      }
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      await clock.sleep(options.interval, stopping.signal);
      if (stopping.signal.aborted) return;
      if (isActive()) await tell();
    }
  }

  return {
    name: 'service graph',
    start() {
      if (options.enabled) running = run();
      return Promise.resolve();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

export function graphRequest(edges: readonly ServiceEdge[], nowMs: number): Uint8Array {
  const metrics = serviceGraphMetrics(edges).map((metric) => toMetric(metric, nowMs));
  return encodeMessage('ExportMetricsServiceRequest', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
}

function toMetric({ name, help: description, type, points }: EdgeMetric, nowMs: number): Plain<'Metric'> {
  const common = points.map(({ labels, sinceMs }) => ({
    startTimeUnixNano: nanosOf(sinceMs),
    timeUnixNano: nanosOf(nowMs),
    attributes: Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  }));
  if (type === 'counter') {
    const dataPoints = points.map(({ value }, index) => ({
      ...common[index],
      asDouble: typeof value === 'number' ? value : NaN,
    }));
    return { name, description, sum: { dataPoints, aggregationTemporality: CUMULATIVE, isMonotonic: true } };
  }
  const dataPoints = points.flatMap(({ value }, index) => {
    if (typeof value === 'number') return [];
    const bucketCounts = value.counts.map(Math.round);
    const count = bucketCounts.reduce((all, one) => all + one, 0);
    return [{ ...common[index], count, sum: value.sum, bucketCounts, explicitBounds: [...value.bounds] }];
  });
  return { name, description, histogram: { dataPoints, aggregationTemporality: CUMULATIVE } };
}
