import type { IncidentSummary } from '../../../model/incident.ts';
import type { LogFields, Logger } from '../../../runtime/logger.ts';
import { createMask } from '../../../runtime/masking.ts';
import { createSelfMetrics } from '../../../runtime/self-metrics.ts';
import { anIncident } from '../../../store/testing/builders.ts';
import type { GrafanaAnnotatorOptions } from '../annotator-options.ts';
import { createGrafanaAnnotator, type GrafanaAnnotator } from '../annotator.ts';
import { type FakeGrafana, startFakeGrafana } from './fake-grafana.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createMemoryLedger, type MemoryLedger } from './memory-ledger.ts';

export const NOW = Date.UTC(2026, 10, 21, 12);
export const START = NOW - 30_000;
export const TOKEN = 'glsa_secret_of_this_test';

export const defaults: Omit<GrafanaAnnotatorOptions, 'url'> = {
  token: TOKEN,
  dashboardUid: '',
  appPath: '',
  border: 'notice',
  changes: true,
  budgets: true,
  maxNew: 20,
  newWindow: 600_000,
  editInterval: 30_000,
  maxBacklog: 500,
  maxTracked: 1000,
  timeout: 10_000,
  retryInitial: 5000,
  retryMax: 60_000,
  retryRefused: 300_000,
  reconcileInterval: 600_000,
};

const INSTANCE = '0123abcd-0000-4000-8000-000000000000';

/** An incident that has been odd for the last half minute. */
export function odd(number: number, part: Partial<IncidentSummary> = {}): IncidentSummary {
  return anIncident({ id: String(number), startMs: START, endMs: NOW, severity: 'minor', ...part });
}

export function keyOf(number: number): string {
  return `region:0123abcd-${String(number)}`;
}

/** One annotator over a ledger and a Grafana that outlive it; `restart` starts the next one on them. */
export interface Bench {
  readonly grafana: FakeGrafana;
  readonly ledger: MemoryLedger;
  readonly clock: ManualClock;
  readonly logged: string[];
  /** Incidents as the store has them. */
  readonly stored: Map<string, IncidentSummary>;
  /** Whether this process is the one that draws. */
  readonly duty: { period: number | undefined };
  annotator: GrafanaAnnotator;
  metric(line: string): number;
  /** Ends the running one as it stands and starts another. */
  restart(overrides?: Partial<GrafanaAnnotatorOptions>): Promise<void>;
  /** Until the annotator sleeps: it has nothing more to do at this time. */
  settled(): Promise<void>;
  /** Tells the annotator of incidents and waits until it has settled. */
  send(...incidents: IncidentSummary[]): Promise<void>;
  /** How many requests of that method have reached Grafana. */
  sent(method: string): number;
  /** Moves the time in steps, as it would pass. */
  pass(ms: number, stepMs?: number): Promise<void>;
  close(): Promise<void>;
}

export async function openBench(overrides: Partial<GrafanaAnnotatorOptions> = {}): Promise<Bench> {
  const grafana = await startFakeGrafana();
  const ledger = createMemoryLedger();
  const clock = createManualClock(NOW);
  const logged: string[] = [];
  const stored = new Map<string, IncidentSummary>();
  const duty: Bench['duty'] = { period: 1 };
  let metrics = createSelfMetrics();

  function create(changed: Partial<GrafanaAnnotatorOptions>): GrafanaAnnotator {
    metrics = createSelfMetrics();
    return createGrafanaAnnotator({
      options: { ...defaults, url: grafana.url, ...overrides, ...changed },
      ledger,
      dutyPeriod: () => duty.period,
      readIncident: (id) => Promise.resolve(stored.get(id)),
      instanceId: INSTANCE,
      mask: createMask([]),
      fetch,
      clock,
      random: () => 0,
      logger: recordingLogger(logged),
      metrics,
    });
  }

  const bench: Bench = {
    grafana,
    ledger,
    clock,
    logged,
    stored,
    duty,
    annotator: create({}),
    metric: (line) => Number(new RegExp(`^${line} (.*)$`, 'm').exec(metrics.render())?.[1] ?? 'NaN'),
    async restart(changed = {}) {
      await this.annotator.stop();
      this.annotator = create(changed);
      await this.annotator.start();
      await this.settled();
    },
    async settled() {
      while (clock.sleeping() === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    send(...incidents) {
      for (const incident of incidents) this.annotator.incident(incident);
      return this.settled();
    },
    sent: (method) => grafana.requests.filter((request) => request.method === method).length,
    async pass(ms, stepMs = ms) {
      for (let passed = 0; passed < ms; passed += stepMs) {
        clock.advance(stepMs);
        await this.settled();
      }
    },
    async close() {
      await this.annotator.stop();
      await grafana.close();
    },
  };
  await bench.annotator.start();
  await bench.settled();
  return bench;
}

function recordingLogger(lines: string[]): Logger {
  const record = (level: string) => (fields: LogFields, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  return { debug: record('debug'), info: record('info'), warn: record('warn'), error: record('error') };
}
