import type { Settings } from '../config/schema.ts';
import type { ReadHistory } from '../model/history.ts';
import type { AskMatrix } from '../model/metrics-query.ts';
import { createAskMatrix } from '../publish/history/ask-matrix.ts';
import { createHistoryReader } from '../publish/history/history-reader.ts';
import { createMetricsStore, type MetricsStore } from '../publish/history/metrics-store.ts';
import { type StoreAddress, storeAddress } from '../publish/history/store-address.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import { createTenantHeaders } from '../runtime/tenant-headers.ts';

type Asked = Pick<Settings, 'feedback' | 'forward' | 'publish' | 'score'>;

/** Where the past of series is asked for; undefined when nobody holds it, or nobody is to be asked. */
export function historyAddress({ score, ...senders }: Omit<Asked, 'feedback'>): StoreAddress | undefined {
  return score.warmStart.enabled ? addressOf(score.warmStart.endpoint, senders) : undefined;
}

/** Where stored scores are asked for: the same, unless there is an address for them, or `none`. */
export function scoreArchiveAddress({ feedback, score, ...senders }: Asked): StoreAddress | undefined {
  if (feedback.metricsUrl === 'none') return undefined;
  return addressOf(feedback.metricsUrl || score.warmStart.endpoint, senders);
}

/** Where events of objectives are asked for; undefined when nobody is to be asked. */
export function sloQueryAddress({
  slo: { prometheus },
  ...senders
}: Pick<Settings, 'slo' | 'forward' | 'publish'>): StoreAddress | undefined {
  if (prometheus.url === 'none') return undefined;
  return prometheus.url === '' ? addressOf('', senders) : storeAddress(prometheus.url, prometheus);
}

/** Range queries for objectives. */
export function createSloQueries(settings: Settings): AskMatrix | undefined {
  const address = sloQueryAddress(settings);
  if (address === undefined) return undefined;
  const { timeout, maxAnswerSize: maxBytes, tenant } = settings.slo.prometheus;
  return createAskMatrix(
    createMetricsStore({ ...asking(settings), options: { ...address, timeout, maxBytes } }),
    tenant,
  );
}

/** Credentials of a backend are for its own address: one that is given by itself has its own. */
function addressOf(own: string, { forward, publish }: Pick<Asked, 'forward' | 'publish'>): StoreAddress | undefined {
  if (own !== '') return storeAddress(own);
  const backends = Object.entries({ ...publish.backends, ...forward.backends });
  const [, backend] = backends.find(([name, { enabled }]) => enabled && /^victoriametrics(\/|$)/.test(name)) ?? [];
  return backend === undefined ? undefined : storeAddress(backend.endpoint, backend);
}

export function createHistory(
  settings: Settings,
  { metrics, logger }: { readonly metrics: SelfMetrics; readonly logger: Logger },
): ReadHistory | undefined {
  const address = historyAddress(settings);
  if (address === undefined) return undefined;
  const { timeout, maxAnswerSize: maxBytes } = settings.score.warmStart;
  return createHistoryReader({ ...asking(settings), options: { ...address, timeout, maxBytes }, metrics, logger });
}

/** The store that scores were published to. */
export function scoreArchiveStore(settings: Settings): MetricsStore | undefined {
  const address = scoreArchiveAddress(settings);
  if (address === undefined) return undefined;
  const { timeout, maxAnswerSize: maxBytes } = settings.feedback;
  return createMetricsStore({ ...asking(settings), options: { ...address, timeout, maxBytes } });
}

function asking({ receivers }: Settings) {
  return { tenantHeaders: createTenantHeaders(receivers.otlp.tenantHeaders), fetch: globalThis.fetch };
}
