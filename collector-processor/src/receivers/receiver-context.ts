import { type ExportHandler } from '../model/export-request.ts';
import { type SpareMemory } from '../runtime/body-memory.ts';
import { type Clock } from '../runtime/clock.ts';
import { type Logger } from '../runtime/logger.ts';
import { type IsAuthorized } from './bearer-auth.ts';
import { type ByteBudget } from './byte-budget.ts';
import { type Exchange } from './exchange.ts';
import { type ReportFault } from './fault-log.ts';
import { type MemoryGuard } from './memory-guard.ts';
import { type OtlpReceiverOptions } from './options.ts';
import { type Premises } from './premises.ts';
import { type ReceiverMetrics } from './receiver-metrics.ts';
import { type RequestHeaders, type Tenancy } from './tenancy.ts';
import { type TimedSet } from './timed-set.ts';

/** What both wires share. */
export interface ReceiverContext {
  readonly options: OtlpReceiverOptions;
  readonly handle: ExportHandler;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly reportFault: ReportFault;
  readonly metrics: ReceiverMetrics;
  readonly budget: ByteBudget;
  readonly guard: MemoryGuard;
  /** For bodies. */
  readonly memory: SpareMemory;
  /** Open exchanges of both wires. */
  readonly inFlight: TimedSet<Exchange>;
  readonly isAuthorized: IsAuthorized;
  readonly readTenancy: (headers: RequestHeaders) => Tenancy;
  readonly premises: Premises;
  /** Drain has begun: connections end with their open requests. */
  isLeaving(): boolean;
  /** And nobody follows: what still arrives is told to retry elsewhere. */
  isStopping(): boolean;
}
