import type { AnnotationLedger } from '../../src/model/annotation-ledger.ts';
import type { GrafanaAnnotatorOptions } from '../../src/publish/grafana/annotator-options.ts';
import { createGrafanaAnnotator, type GrafanaAnnotator } from '../../src/publish/grafana/annotator.ts';
import type { ReadIncident } from '../../src/publish/grafana/reconcile.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import type { Logger } from '../../src/runtime/logger.ts';
import { createMask } from '../../src/runtime/masking.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';

export const INSTANCE = 'c0ffee00-0000-4000-8000-000000000000';

/** The shipped settings with pauses short enough for a test. */
const options: GrafanaAnnotatorOptions = {
  url: '',
  token: '',
  dashboardUid: '',
  appPath: '',
  border: 'notice',
  changes: true,
  budgets: true,
  maxNew: 10_000,
  newWindow: 600_000,
  editInterval: 100,
  maxBacklog: 10_000,
  maxTracked: 10_000,
  timeout: 10_000,
  retryInitial: 300,
  retryMax: 1000,
  retryRefused: 1000,
  reconcileInterval: 60_000,
};

interface SetUp {
  readonly overrides: Partial<GrafanaAnnotatorOptions>;
  readonly ledger: AnnotationLedger;
  readonly readIncident?: ReadIncident;
  readonly logger: Logger;
}

export function setUpAnnotator({ overrides, ledger, readIncident, logger }: SetUp): GrafanaAnnotator {
  return createGrafanaAnnotator({
    options: { ...options, ...overrides },
    ledger,
    readIncident: readIncident ?? (() => Promise.resolve(undefined)),
    instanceId: INSTANCE,
    mask: createMask([]),
    fetch,
    clock: systemClock,
    random: Math.random,
    logger,
    metrics: createSelfMetrics(),
  });
}
