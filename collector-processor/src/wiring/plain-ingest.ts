import type { Settings } from '../config/schema.ts';
import { createOtlpReceivers } from '../receivers/otlp-receivers.ts';
import { portsClash } from '../receivers/port-clash.ts';
import { Premises } from '../receivers/premises.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import { createPart } from '../runtime/part.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import { createIntake, type IntakeStages } from './intake.ts';
import { traced } from './traced-handler.ts';

interface PlainIngestParts {
  readonly settings: Settings;
  readonly stages: IntakeStages;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/** Ingest on the main thread. */
export function createPlainIngest({ settings, stages, clock, logger, metrics }: PlainIngestParts) {
  const intake = createIntake(stages, logger, metrics);
  const handle = settings.telemetry.tracesEndpoint === '' ? intake.handle : traced(intake.handle);
  const premises = new Premises();
  const receivers = createPart(
    {
      name: 'receivers',
      reads: (current: Settings) => current.receivers,
      make: ({ receivers: { otlp } }: Settings, own) =>
        createOtlpReceivers({ options: otlp, handle, premises, clock, logger, metrics: own }),
      metrics,
      exclusive: (now, next) => portsClash(now.receivers.otlp, next.receivers.otlp),
    },
    settings,
  );
  return {
    service: receivers,
    addresses: () => receivers.current.addresses(),
    readiness: () => (receivers.current.state() === 'ready' ? [] : ['The receivers do not listen yet.']),
    limits: (): readonly string[] => [],
    backends: () => [],
    traffic: () => intake.traffic,
    lastReceivedMs: () => intake.lastReceivedMs(),
    metrics,
  };
}
