import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { AnomalyEvent, Change } from '../model/anomaly.ts';
import type { IncidentEvent, IncidentSummary } from '../model/incident.ts';
import type { SloCrossing } from '../model/slo-crossing.ts';
import type { Clock } from '../runtime/clock.ts';
import { parseEndpoint } from '../runtime/endpoint.ts';
import { messageOf, SentinelError } from '../runtime/errors.ts';
import type { Service } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { ApiOptions } from './api-options.ts';
import { createEventHub } from './event-hub.ts';
import type { Fetch } from './grafana/signing-keys.ts';
import type { ApiCommands, ApiProviders } from './providers.ts';
import type { ApiServer, ApiStores } from './server-types.ts';
import { buildServer } from './server.ts';

/** For answers that are under way when it stops. */
const STOP_GRACE_MS = 2000;

export interface ApiDependencies {
  readonly options: ApiOptions;
  readonly stores: ApiStores;
  readonly providers: ApiProviders;
  readonly commands: ApiCommands;
  /** How Grafana is asked for its signing keys; the process's own when absent. */
  readonly fetch?: Fetch;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

export interface Api extends Service {
  /** Where it listens; undefined before `start`. */
  address(): AddressInfo | undefined;
  /** Tells listeners of server-sent events. Never throws, never waits. */
  anomaly(event: AnomalyEvent): void;
  change(change: Change): void;
  incident(incident: IncidentSummary, event: IncidentEvent): void;
  budget(crossing: SloCrossing): void;
}

/** The read side and the control of the sidecar over HTTP, with the status page at `/`. */
export function createApi(dependencies: ApiDependencies): Api {
  const { options, fetch = globalThis.fetch, clock, logger, metrics } = dependencies;
  const process = randomBytes(4).toString('hex');
  const events = createEventHub({ options: options.events, process, clock, metrics });
  const startedAtMs = clock.nowMs();
  let server: ApiServer | undefined;

  return {
    name: 'api',
    async start() {
      const built = await buildServer({ ...dependencies, events, fetch, startedAtMs });
      try {
        await built.listen(parseEndpoint(options.endpoint, 'api.endpoint'));
      } catch (error) {
        await built.close();
        const message = `The API cannot listen on ${options.endpoint}: ${messageOf(error)}. Set another api.endpoint.`;
        throw new SentinelError('SENTINEL_LISTEN_FAILED', message, { cause: error });
      }
      server = built;
      logger.info({ address: built.server.address() }, 'The API listens.');
    },
    async stop() {
      events.close();
      // Whoever does not read an answer would hold it up for ever.
      const cutOff = setTimeout(() => server?.server.closeAllConnections(), STOP_GRACE_MS);
      await server?.close();
      clearTimeout(cutOff);
      server = undefined;
    },
    address() {
      const address = server?.server.address();
      return typeof address === 'object' && address !== null ? address : undefined;
    },
    anomaly: (event) => events.anomaly(event),
    change: (change) => events.change(change),
    incident: (incident, event) => events.incident(incident, event),
    budget: (crossing) => events.budget(crossing),
  };
}
