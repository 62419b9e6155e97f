import type { Role } from '../../contract/token.ts';
import type { Change } from '../../model/anomaly.ts';
import type { OutsideAlert } from '../../model/incident.ts';
import { type Clock, systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { openStore } from '../../store/open-store.ts';
import { NOON } from '../../store/testing/builders.ts';
import { storeOptions } from '../../store/testing/store-kinds.ts';
import type { ApiOptions } from '../api-options.ts';
import { createApi } from '../create-api.ts';
import type { GrafanaOptions } from '../grafana/grafana-options.ts';
import type { Fetch } from '../grafana/signing-keys.ts';
import type { ApiProviders, ReloadOutcome } from '../providers.ts';
import type { ApiStores } from '../server-types.ts';
import { fakeProviders } from './fake-providers.ts';

export const grafanaOptions: GrafanaOptions = {
  url: '',
  orgIds: [1],
  tokens: ['grafana'],
  trustProxyIdentity: false,
  clockLeeway: 30_000,
  keyMaxAge: 600_000,
  keyRetry: 30_000,
  timeout: 1_000,
};

const apiOptions: ApiOptions = {
  endpoint: '127.0.0.1:0',
  tls: { certFile: '', keyFile: '', clientCaFile: '' },
  anonymousRead: false,
  maxBodySize: 2_048,
  maxWebhookSize: 65_536,
  maxHeaderSize: 16_384,
  maxConnections: 100,
  requestTimeout: 5_000,
  idleTimeout: 5_000,
  failedTokensPerMinute: 100,
  languageModel: { url: '', apiKey: '', model: 'test', timeout: 1_000, maxPerHour: 2 },
  grafana: grafanaOptions,
  events: { maxListeners: 2, heartbeat: 20, history: 5, maxBacklog: 65_536 },
};

interface ApiServerOverrides {
  readonly options?: Partial<ApiOptions>;
  readonly providers?: Partial<ApiProviders>;
  readonly stores?: Partial<ApiStores>;
  /** Stores made from those of the server. */
  readonly storesFrom?: (stores: ApiStores) => Partial<ApiStores>;
  readonly reload?: () => Promise<ReloadOutcome>;
  /** Why no alert can be stored. */
  readonly alertProblem?: string;
  /** Noon when absent. */
  readonly clock?: Clock;
  /** How Grafana is asked for its keys; not at all when absent. */
  readonly fetch?: Fetch;
}

const noon: Clock = { ...systemClock, nowMs: () => NOON };

const nobodyThere: Fetch = () => Promise.reject(new Error('nobody is there'));

/** A listening API over a store in memory, with a token of each role. */
export async function startApi(overrides: ApiServerOverrides = {}) {
  const {
    options,
    providers,
    stores,
    storesFrom,
    reload,
    alertProblem,
    clock = noon,
    fetch: ask = nobodyThere,
  } = overrides;
  const metrics = createSelfMetrics();
  const store = await openStore({ options: storeOptions, clock, logger: silentLogger, metrics });
  const posted: Change[] = [];
  const alerts: OutsideAlert[] = [];
  const api = createApi({
    options: { ...apiOptions, ...options },
    stores: { ...store, ...stores, ...storesFrom?.(store) },
    providers: { ...fakeProviders(), ...providers },
    commands: {
      reload: reload ?? (() => Promise.resolve({ kind: 'reloaded', restartNeeded: [], notes: [] })),
      changePosted: (change) => void posted.push(change),
      alertPosted: (alert) => Promise.resolve(alerts.push(alert)).then(() => alertProblem ?? ''),
    },
    fetch: ask,
    clock,
    logger: silentLogger,
    metrics,
  });
  try {
    await api.start();
  } catch (error) {
    await store.close();
    throw error;
  }
  const secrets = new Map<Role, string>();
  for (const role of ['reader', 'responder', 'operator', 'admin'] as const) {
    secrets.set(role, (await store.tokens.create({ name: `the ${role}`, role }))?.secret ?? '');
  }
  const port = api.address()?.port ?? 0;
  const url = `http://127.0.0.1:${String(port)}`;

  return {
    api,
    store,
    metrics,
    posted,
    alerts,
    port,
    url,
    secret: (role: Role) => secrets.get(role) ?? '',
    /** Asks as the holder of a role, or without a token. */
    ask: (path: string, role: Role | 'nobody' = 'reader', init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      if (role !== 'nobody') headers.set('authorization', `Bearer ${secrets.get(role) ?? ''}`);
      return fetch(url + path, { ...init, headers });
    },
    async stop() {
      await api.stop();
      await store.close();
    },
  };
}

export type TestApi = Awaited<ReturnType<typeof startApi>>;
