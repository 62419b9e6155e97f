import type { Settings } from '../config/schema.ts';
import type { ReadHistory } from '../model/history.ts';
import { fixedHeaders } from '../publish/backends/backend-plan.ts';
import { createHistoryReader } from '../publish/history/history-reader.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import { createTenantHeaders } from '../runtime/tenant-headers.ts';

/** Where the past of series is asked for, and how; undefined when nobody holds it. */
export function historyEndpoint({ score, forward, publish }: Pick<Settings, 'score' | 'forward' | 'publish'>) {
  const { enabled, endpoint } = score.warmStart;
  if (!enabled) return undefined;
  const backends = Object.entries({ ...publish.backends, ...forward.backends });
  const [, backend] = backends.find(([name, { enabled: on }]) => on && /^victoriametrics(\/|$)/.test(name)) ?? [];
  if (backend === undefined && endpoint === '') return undefined;
  const address = withScheme(endpoint === '' ? (backend?.endpoint ?? '') : endpoint);
  // Credentials are for the backend that they were given for.
  const headers = endpoint === '' && backend !== undefined ? fixedHeaders(address, backend) : {};
  return { endpoint: (address.origin + address.pathname).replace(/\/+$/, ''), headers };
}

export function createHistory(settings: Settings, metrics: SelfMetrics): ReadHistory | undefined {
  const asked = historyEndpoint(settings);
  if (asked === undefined) return undefined;
  const { timeout, maxAnswerSize: maxBytes } = settings.score.warmStart;
  return createHistoryReader({
    options: { ...asked, timeout, maxBytes },
    tenantHeaders: createTenantHeaders(settings.receivers.otlp.tenantHeaders),
    fetch,
    metrics,
  });
}

function withScheme(endpoint: string): URL {
  return new URL(/^https?:\/\//i.test(endpoint) ? endpoint : `http://${endpoint}`);
}
