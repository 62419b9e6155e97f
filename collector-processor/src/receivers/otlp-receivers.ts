import { type AddressInfo } from 'node:net';
import { type ExportHandler } from '../model/export-request.ts';
import { SpareMemory } from '../runtime/body-memory.ts';
import { type Clock } from '../runtime/clock.ts';
import { type Service } from '../runtime/lifecycle.ts';
import { type Logger } from '../runtime/logger.ts';
import { type SelfMetrics } from '../runtime/self-metrics.ts';
import { createBearerAuth } from './bearer-auth.ts';
import { ByteBudget } from './byte-budget.ts';
import { type Exchange } from './exchange.ts';
import { createFaultLog } from './fault-log.ts';
import { createGrpcServer } from './grpc/grpc-server.ts';
import { createHttpServer } from './http/http-server.ts';
import { createProcessMemory, MemoryGuard } from './memory-guard.ts';
import { type OtlpReceiverOptions } from './options.ts';
import { Premises } from './premises.ts';
import { type ReceiverContext } from './receiver-context.ts';
import { createReceiverMetrics } from './receiver-metrics.ts';
import { createTenancyReader } from './tenancy.ts';
import { TimedSet } from './timed-set.ts';
import { type WireServer } from './wire-server.ts';

export type ReceiverState = 'stopped' | 'ready' | 'draining';

export interface OtlpReceivers extends Service {
  addresses(): { readonly grpc?: AddressInfo; readonly http?: AddressInfo };
  /** `ready` while new requests are taken. */
  state(): ReceiverState;
}

export interface OtlpReceiversParts {
  readonly options: OtlpReceiverOptions;
  /** Takes each request and says what became of it; must settle. */
  readonly handle: ExportHandler;
  /** The same for receivers that follow each other; absent: its own. */
  readonly premises?: Premises;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/**
 * OTLP over gRPC and over HTTP. Bytes are accounted for before they are kept: per request, per connection and in all. A
 * stop takes no more connections (GOAWAY, Connection: close), waits for open requests up to `drain_timeout`, tells the
 * rest to retry, and closes; receivers that were started on the same premises have the ports then. Throws SENTINEL_TLS_INVALID, and at the start SENTINEL_LISTEN_FAILED.
 */
export function createOtlpReceivers(parts: OtlpReceiversParts): OtlpReceivers {
  const { options, handle, premises = new Premises(), clock, logger, metrics } = parts;
  let state: ReceiverState = 'stopped';
  const budget = new ByteBudget(options.maxInFlight, premises.held);
  const memory = new SpareMemory(options.spareMemory);
  const context: ReceiverContext = {
    options,
    handle,
    premises,
    clock,
    logger,
    reportFault: createFaultLog(logger, clock),
    metrics: createReceiverMetrics(metrics),
    budget,
    guard: new MemoryGuard({
      limit: options.maxMemory,
      budget,
      threads: premises.others?.threads ?? 1,
      spare: memory,
      clock,
      logger,
      memory: createProcessMemory(() => premises.others?.usedBytes.sumOfOthers() ?? 0),
    }),
    memory,
    inFlight: new TimedSet<Exchange>(clock),
    isAuthorized: createBearerAuth(options.auth.bearerTokens),
    readTenancy: createTenancyReader(options.tenantHeaders),
    isLeaving: () => state !== 'ready',
    isStopping: () => state === 'stopped' || (state === 'draining' && premises.occupant === context),
  };
  const grpc = options.grpc.enabled ? createGrpcServer(context) : undefined;
  const http = options.http.enabled ? createHttpServer(context) : undefined;
  const servers = [grpc, http].filter((server): server is WireServer => server !== undefined);
  describeLoad(context);

  async function close(): Promise<void> {
    state = 'stopped';
    for (const server of servers) server.leave();
    await Promise.all(servers.map((server) => server.close()));
    context.inFlight.stop();
    context.guard.stop();
  }

  return {
    name: 'receivers',
    state: () => state,
    addresses() {
      const addresses = { grpc: grpc?.address(), http: http?.address() };
      return Object.fromEntries(Object.entries(addresses).filter(([, address]) => address !== undefined));
    },
    async start() {
      state = 'ready';
      context.inFlight.start();
      context.guard.start();
      try {
        for (const server of servers) await server.start();
        premises.occupant = context;
      } catch (error) {
        await close();
        throw error;
      }
    },
    async stop() {
      state = 'draining';
      for (const server of servers) server.leave();
      await context.inFlight.drained(options.drainTimeout);
      for (const exchange of context.inFlight.entries()) exchange.stop();
      await close();
    },
  };
}

function describeLoad({ metrics, budget, guard, memory, inFlight }: ReceiverContext): void {
  metrics.gauge(
    'sentinel_receiver_in_flight_bytes',
    'Bytes held by requests that are not answered.',
    () => budget.held,
  );
  metrics.gauge('sentinel_receiver_in_flight_bytes_limit', 'Bytes that such requests may hold.', () => budget.limit);
  metrics.gauge(
    'sentinel_receiver_memory_limit_bytes',
    'Resident memory that the process may have.',
    () => guard.limit,
  );
  metrics.gauge('sentinel_receiver_memory_full', '1 while requests are refused for want of memory.', () =>
    Number(guard.isFull),
  );
  metrics.gauge(
    'sentinel_receiver_spare_bytes',
    'Memory of finished requests that waits for the next ones.',
    () => memory.bytes,
  );
  metrics.gauge('sentinel_receiver_in_flight_requests', 'Requests that are not answered.', () => inFlight.size);
}
