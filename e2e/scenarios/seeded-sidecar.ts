/** The sidecar's real store and API over findings that are put in, without receivers and scoring. */
import type { ApiOptions } from '../../collector-processor/src/api/api-options.ts';
import { createApi } from '../../collector-processor/src/api/create-api.ts';
import type { ApiProviders } from '../../collector-processor/src/api/providers.ts';
import { fakeProviders } from '../../collector-processor/src/api/testing/fake-providers.ts';
import type { Role } from '../../collector-processor/src/contract/token.ts';
import type { Anomaly } from '../../collector-processor/src/model/anomaly.ts';
import type { CoverageCounts } from '../../collector-processor/src/model/coverage.ts';
import { systemClock } from '../../collector-processor/src/runtime/clock.ts';
import { silentLogger } from '../../collector-processor/src/runtime/logger.ts';
import { createSelfMetrics } from '../../collector-processor/src/runtime/self-metrics.ts';
import { openStore } from '../../collector-processor/src/store/open-store.ts';
import { storeOptions } from '../../collector-processor/src/store/testing/store-kinds.ts';
import { type Findings, late } from './findings.ts';
import { historyOf } from './history.ts';
import { seededDrills, seededShadow } from './seeded-detection.ts';
import { seededFeedback } from './seeded-feedback.ts';
import { seededGraph } from './seeded-graph.ts';
import { seedIncidents } from './seeded-incidents.ts';
import { seededSloDesk } from './seeded-slo-desk.ts';

export interface Seed {
  readonly findings: Findings;
  readonly coverage: CoverageCounts;
  /** How long ago something arrived, whenever one asks; absent when nothing ever did. */
  readonly receivedAgoMs?: number;
  readonly port: number;
  /** Of Grafana's token; a reader when absent. */
  readonly role?: Role;
}

const options: Omit<ApiOptions, 'endpoint'> = {
  tls: { certFile: '', keyFile: '', clientCaFile: '' },
  anonymousRead: false,
  maxBodySize: 65_536,
  maxWebhookSize: 4_194_304,
  maxHeaderSize: 16_384,
  maxConnections: 500,
  requestTimeout: 15_000,
  idleTimeout: 75_000,
  failedTokensPerMinute: 1_000,
  grafana: {
    url: process.env.GRAFANA_URL ?? '',
    orgIds: [1],
    tokens: ['grafana'],
    trustProxyIdentity: false,
    clockLeeway: 30_000,
    keyMaxAge: 600_000,
    keyRetry: 30_000,
    timeout: 5_000,
  },
  languageModel: { url: '', apiKey: '', model: '', timeout: 30_000, maxPerHour: 60 },
  events: { maxListeners: 50, heartbeat: 15_000, history: 500, maxBacklog: 1_048_576 },
};

/** Starts, stops and starts again on the same port with the same store and token. */
export async function startSeededSidecar({ findings, coverage, receivedAgoMs, port, role = 'reader' }: Seed) {
  const common = { clock: systemClock, logger: silentLogger };
  const store = await openStore({ options: storeOptions, metrics: createSelfMetrics(), ...common });
  await Promise.all([
    ...findings.anomalies.map((anomaly) => store.anomalies.record({ kind: 'opened', anomaly })),
    ...findings.changes.map((change) => store.changes.record(change)),
  ]);
  const token = (await store.tokens.create({ name: 'grafana', role }))?.secret ?? '';
  const none = () => Promise.resolve([]);
  const noneBefore = { changesSince: none, endedEvents: none, ended: none };
  const ledger = { ...store.incidents, ...noneBefore, keepCase: store.incidentCases.keep };
  const incidents = await seedIncidents({ findings, ledger, onIncident: () => undefined });
  const fake = fakeProviders();
  const graph = seededGraph(findings);
  const added: Anomaly[] = [];
  const history: ApiProviders['history'] = (seriesId, range) => {
    const anomaly = [...findings.anomalies, ...added].find(({ series }) => series.id === seriesId);
    return anomaly && historyOf(anomaly, range);
  };
  const feedback = await seededFeedback(store, (seriesId) => history(seriesId, { fromMs: 0, toMs: Infinity }));
  let api = await listen();

  async function listen() {
    const built = createApi({
      options: { ...options, endpoint: `127.0.0.1:${String(port)}` },
      stores: store,
      providers: {
        ...fake,
        ...graph,
        incidents: incidents.desk,
        coverageCounts: () => coverage,
        history,
        feedback,
        slos: seededSloDesk(findings),
        drills: () => seededDrills(findings),
        shadow: { ...fake.shadow, report: () => Promise.resolve(seededShadow(findings)) },
        pipeline() {
          const { bucketMs, receivers, traffic, backends } = fake.pipeline();
          const last = receivedAgoMs === undefined ? {} : { lastReceivedMs: Date.now() - receivedAgoMs };
          return { bucketMs, receivers, traffic, backends, ...last };
        },
      },
      commands: {
        reload: () => Promise.resolve({ kind: 'reloaded', restartNeeded: [], notes: [] }),
        changePosted: () => undefined,
        alertPosted: () => Promise.resolve(''),
      },
      metrics: createSelfMetrics(),
      ...common,
    });
    await built.start();
    return built;
  }

  return {
    url: `http://127.0.0.1:${String(api.address()?.port ?? 0)}`,
    token,
    down: () => api.stop(),
    async up() {
      api = await listen();
    },
    /** New findings arrive while somebody looks. */
    async add(count: number) {
      for (let i = 0; i < count; i++) {
        const anomaly = late(added.length, Date.now());
        added.push(anomaly);
        incidents.anomaly({ kind: 'opened', anomaly });
        const event = { kind: 'opened', anomaly } as const;
        await store.anomalies.record(event);
        api.anomaly(event);
      }
    },
  };
}
