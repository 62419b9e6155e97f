import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Role } from '../contract/token.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { Store } from '../store/create-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { EventHub } from './event-hub.ts';
import type { Fetch } from './grafana/signing-keys.ts';
import type { ApiCommands, ApiProviders } from './providers.ts';

export type ApiServer = FastifyInstance<
  Server,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export type ApiStores = Pick<
  Store,
  | 'anomalies'
  | 'changes'
  | 'incidents'
  | 'incidentCases'
  | 'tokens'
  | 'feedback'
  | 'tunings'
  | 'sloCorrections'
  | 'instanceId'
  | 'problem'
  | 'duty'
>;

/** What routes work with. */
export interface ApiContext {
  readonly options: ApiOptions;
  readonly stores: ApiStores;
  readonly providers: ApiProviders;
  readonly commands: ApiCommands;
  readonly events: EventHub;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
  readonly startedAtMs: number;
}

/** Who asks. */
export interface Caller {
  readonly name: string;
  /**
   * How the name is known, written beside it wherever it is recorded: the token's own name, the person in Grafana's verified id
   * token, one that unverified headers of a trusted Grafana name, or nobody's.
   */
  readonly knownBy: 'token' | 'id_token' | 'proxy_headers' | 'nobody';
  /** What this request may do. */
  readonly role: Role;
  /** What its token may do at most. */
  readonly tokenRole: Role;
  /** What to do when the role is lower than the token's because the person is not known. */
  readonly remedy?: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route says who may call it; see `describeRoute`. */
    role?: Role | 'public';
  }
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}
