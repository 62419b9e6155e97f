import type { Settings } from '../../config/schema.ts';
import type { AnomalyEvent, ScoredBucket } from '../../model/anomaly.ts';
import type { ExportRequest } from '../../model/export-request.ts';
import { DeliveredMemory } from '../../publish/delivered-memory.ts';
import { createFindingPublisher } from '../../publish/findings/publisher.ts';
import { createForwarder } from '../../publish/forwarder.ts';
import { createOtlpSender } from '../../publish/otlp-sender.ts';
import type { Clock } from '../../runtime/clock.ts';
import { SentinelError } from '../../runtime/errors.ts';
import { createLifecycle } from '../../runtime/lifecycle.ts';
import type { Logger } from '../../runtime/logger.ts';
import { createMask } from '../../runtime/masking.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { createTenantHeaders } from '../../runtime/tenant-headers.ts';
import { version } from '../../runtime/version.ts';
import { senderOptions } from '../../wiring/publishing.ts';
import type { Transcode } from './inputs/otlp-lines.ts';
import type { Telemetry } from './telemetry.ts';

export interface OutletParts {
  readonly settings: Settings;
  readonly tenant: string;
  readonly forward: boolean;
  readonly publish: boolean;
  readonly transcode: Transcode;
  readonly clock: Clock;
  /** Time of the telemetry. */
  readonly eventNowMs: () => number;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/** Where a replay may send what it reads and finds. */
export interface Outlets {
  start(): Promise<void>;
  /** To the backends of `forward`; waits until they took it. Throws SENTINEL_REPLAY_FAILED when they will not. */
  pass(telemetry: Telemetry): Promise<void>;
  anomaly(event: AnomalyEvent): void;
  scores(buckets: readonly ScoredBucket[]): void;
  stop(): Promise<void>;
}

const MAX_TRIES = 10;
const PAUSE_MS = 1_000;
/** Part of what may wait for the next flush; then the replay waits too. */
const FULL_SHARE = 0.25;

/** Asked for neither, nothing leaves and no connection is made. */
export function createOutlets(parts: OutletParts): Outlets {
  const { settings, forward, publish, clock, logger, metrics } = parts;
  const headers = createTenantHeaders(settings.receivers.otlp.tenantHeaders);
  const common = { clock, logger, metrics };
  const forwarder = forward ? createReplayForwarder(parts) : undefined;
  const sender = publish ? createOtlpSender({ options: senderOptions(settings), ...common }) : undefined;
  const findings =
    sender === undefined
      ? undefined
      : createFindingPublisher({
          options: settings.publish,
          sender,
          tenantHeaders: headers,
          mask: createMask(settings.score.maskPatterns),
          version,
          metrics,
          clock: { ...clock, nowMs: parts.eventNowMs },
        });
  const services = [forwarder, sender, findings].filter((service) => service !== undefined);
  const lifecycle = createLifecycle(services, (name) => {
    logger.warn({ part: name }, 'A part of the replay did not stop cleanly.');
  });
  let waiting = 0;

  async function deliver(request: ExportRequest): Promise<void> {
    for (let tries = 1; forwarder !== undefined; tries++) {
      const outcome = await forwarder.forward(request, request.payload);
      if (outcome.kind === 'accepted') return;
      if (outcome.kind === 'refused' || tries === MAX_TRIES) {
        throw new SentinelError('SENTINEL_REPLAY_FAILED', `A request could not be forwarded: ${outcome.reason}`);
      }
      await pause(outcome.retryAfterMs ?? PAUSE_MS);
    }
  }

  /** The clock's sleep would let the process end. */
  async function pause(ms: number): Promise<void> {
    const alive = setInterval(() => undefined, PAUSE_MS);
    await clock.sleep(ms);
    clearInterval(alive);
  }

  return {
    start: lifecycle.start,
    async pass(telemetry) {
      if (forwarder !== undefined) await deliver(requestOf(telemetry, headers(parts.tenant), clock.nowMs()));
      if (waiting < FULL_SHARE * settings.publish.maxWaiting) return;
      await pause(2 * settings.publish.flushInterval);
      waiting = 0;
    },
    anomaly(event) {
      waiting++;
      findings?.anomaly(event);
    },
    scores(buckets) {
      waiting += buckets.length;
      findings?.scores(buckets);
    },
    stop: lifecycle.stop,
  };
}

/** Without a log: what a backend does not take now is tried again, while the replay waits. */
function createReplayForwarder({ settings, transcode, clock, logger, metrics }: OutletParts) {
  const { forward } = settings;
  const memory = new DeliveredMemory(forward.rememberDelivered, metrics);
  return createForwarder({ options: forward, memory, transcode, clock, logger, metrics });
}

function requestOf(
  { signal, protobuf }: Telemetry,
  headers: ExportRequest['headers'],
  receivedAtMs: number,
): ExportRequest {
  const form = { wire: 'http', encoding: 'protobuf', compression: 'identity' } as const;
  const tenant = Object.values(headers)[0] ?? '';
  return { ...form, signal, body: protobuf, payload: protobuf, headers, tenant, receivedAtMs };
}
